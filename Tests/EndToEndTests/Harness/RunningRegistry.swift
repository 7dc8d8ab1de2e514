import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import RegistryClientTLS
import TestSupport

/// A registry that answers.
struct RunningRegistry: Sendable {
    let process: ChildProcess
    let url: String
    let client: RegistryClient

    /// Waits until a process says that it listens.
    init(
        _ process: ChildProcess, tls: RegistryTLS = RegistryTLS(), credentials: RegistryCredentials = .none
    ) async throws {
        self.process = process
        let announcement = "listening on "
        guard let line = await process.output.first(where: { $0.hasPrefix(announcement) }) else {
            throw NotListening(transcript: process.transcript)
        }
        url = String(line.dropFirst(announcement.count))
        client = try RegistryClient(url: url, credentials: credentials, tls: tls)
    }

    var port: Int { URL(string: url)?.port ?? 0 }

    /// All versions of a document, oldest first.
    func history(of key: DocumentKey) async throws -> [VersionRecord] {
        var history: [VersionRecord] = []
        var before: Int64?
        repeat {
            let page = try await client.history(of: key, before: before, limit: 100)
            history += page
            before = page.last?.version
        } while before != nil && before != 1
        return history.reversed()
    }

    /// Gives a document its next version, or creates it.
    @discardableResult
    func publish(
        _ json: String, as key: DocumentKey, comment: String = "", overriding overrides: [String] = []
    ) async throws -> VersionRecord {
        let options = WriteOptions(
            comment: comment, createdBy: "end to end", overrides: try CheckOverrides(overrides))
        return try await client.publish(Content(parsing: Array(json.utf8)), as: key, options).record
    }

    /// What `/health` says.
    func status() async throws -> HealthResponse.Status { try await client.health().status }
}

extension TestBench {
    /// Where a registry keeps its versions.
    enum StorePlace {
        /// The database of this test; another URI leads there through a proxy.
        case mongodb(uri: String? = nil)
        /// A directory of this test.
        case embedded(directory: String = "data")
    }

    /// What a registry announces on.
    enum BusPlace {
        /// The exchange of this test; another URI leads there through a proxy.
        case rabbitMQ(uri: String? = nil)
        case inProcess
    }

    /// Starts a registry and waits until it says that it listens.
    func startRegistry(
        store: StorePlace = .mongodb(), bus: BusPlace = .rabbitMQ(), port: Int = 0, _ arguments: String...
    ) async throws -> RunningRegistry {
        try await RunningRegistry(start(serveArguments(store: store, bus: bus, port: port) + arguments))
    }

    /// The command line of a registry.
    func serveArguments(store: StorePlace, bus: BusPlace, port: Int = 0) throws -> [String] {
        var arguments = ["serve", "--port", "\(port)", "--exchange", exchange]
        switch store {
        case .mongodb(let uri): arguments += ["--mongodb-uri", try uri ?? databaseURI()]
        case .embedded(let directory): arguments += ["--data-dir", path(directory)]
        }
        if case .rabbitMQ(let uri) = bus { arguments += ["--amqp-uri", try uri ?? brokerURI()] }
        return arguments
    }
}

/// A registry ended before it listened.
struct NotListening: Error, CustomStringConvertible {
    let transcript: String

    var description: String { "the registry does not listen\n\(transcript)" }
}

extension TestBench {
    /// Starts a registry on a file, without any server.
    func startEmbedded(
        _ arguments: [String] = [], directory: String = "data", port: Int = 0, tls: RegistryTLS = RegistryTLS()
    ) async throws -> RunningRegistry {
        try await RunningRegistry(
            start(serveArguments(store: .embedded(directory: directory), bus: .inProcess, port: port) + arguments),
            tls: tls)
    }

    /// Makes a key that signs, and a file with what 'keys generate' printed.
    func keys(_ name: String = "signing") async throws -> (private: String, public: String) {
        let files = (private: path("\(name).key"), public: path("\(name).pub"))
        let made = try await configbus("keys", "generate", files.private)
        try made.output.write(toFile: files.public, atomically: true, encoding: .utf8)
        return files
    }
}
