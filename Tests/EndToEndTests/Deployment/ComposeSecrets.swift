import Foundation
import TestSupport

/// What `compose/init` made for a test.
struct ComposeSecrets {
    let directory: String

    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path(name), encoding: .utf8)
    }

    /// Every file by name.
    func files() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: URL(fileURLWithPath: path($0)))) })
    }

    /// The password of a login at the broker.
    func brokerPassword(of login: String) throws -> String {
        let authority = try text("amqp-uri-\(login)").dropFirst("amqps://\(login):".count)
        return String(authority.prefix { $0 != "@" })
    }
}

extension TestBench {
    /// Runs `compose/init` for a folder of this test.
    func composeInit(_ folder: String = "secrets", _ arguments: String...) async throws -> CommandResult {
        try await result(
            of: start(
                "\(repository)/compose/init", arguments, environment: ["CONFIGBUS_COMPOSE_SECRETS": path(folder)]))
    }

    /// What it makes, in a folder of this test.
    func composeSecrets(_ folder: String = "secrets") async throws -> ComposeSecrets {
        let result = try await composeInit(folder)
        guard result.status == .exited(0) else { throw NotListening(transcript: result.errors) }
        return ComposeSecrets(directory: path(folder))
    }
}
