import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import RegistryClientTLS
import TestSupport
import Testing

/// How the parties of a scenario reach each other.
enum FaultMode: String, CaseIterable, Sendable {
    /// Registries over TLS that need a token, database and broker over TLS.
    case secured
    /// Without tokens and without TLS.
    case plaintext

    /// What scenarios use that do not say otherwise.
    static let usual: FaultMode =
        ProcessInfo.processInfo.environment["CONFIGBUS_TEST_FAULT_PLAINTEXT"] == "1" ? .plaintext : .secured
}

/// Who the parties of a scenario are, whom they trust, and how they reach registries, database and broker.
struct FaultAccess: Sendable {
    /// Those who need a token, each one of its own.
    enum Party: String {
        /// Whose token is made at the store; it makes the others.
        case administrator
        case writers
        case watchers
        case audit
    }

    let mode: FaultMode
    /// The database and the broker over TLS; nil without.
    let encrypted: EncryptedServers?
    /// Where registries keep their versions.
    let databaseURI: String
    /// What makes a registry demand tokens and speak TLS.
    let serving: [String]
    /// Whom clients of the registries trust.
    let tls: RegistryTLS
    private let bench: TestBench
    private let authority: String?

    /// Makes a CA, a certificate for the registries and the first token, before there is a registry.
    init(_ mode: FaultMode, in bench: TestBench, on settings: FaultServerSettings) async throws {
        self.mode = mode
        self.bench = bench
        // So that the database is removed afterwards.
        let plaintextURI = try bench.databaseURI()
        guard mode == .secured else {
            (encrypted, databaseURI, serving, tls, authority) = (nil, plaintextURI, [], RegistryTLS(), nil)
            return
        }
        let servers = try #require(settings.encrypted, "the servers speak no TLS")
        encrypted = servers
        databaseURI = servers.mongodbURI(.authority, database: bench.database)
        let authority = try await TestAuthority(in: bench.directory)
        let server = try await authority.issue("registry")
        serving = ["--tls-cert", server.certificate, "--tls-key", server.key, "--auth", "required"]
        tls = RegistryTLS(caFile: authority.certificate)
        self.authority = authority.certificate
        let made = try await bench.configbus(
            "token", "bootstrap", "--mongodb-uri", databaseURI, "--out", bench.path("administrator.token"))
        try #require(made.status == .exited(0), "no first token: \(made.errors)")
    }

    /// Makes a token for each party, with what it needs and no more.
    func issueTokens(at registry: RunningRegistry, for documents: [DocumentKey]) async throws {
        guard mode == .secured else { return }
        func grants(_ role: String) -> [String] { documents.map { "\(role):\($0.service)/\($0.environment)" } }
        let creations: [(Party, [String], [String])] = [
            (.writers, grants("publisher"), ["on_behalf"]), (.watchers, grants("watcher"), []),
            (.audit, ["auditor:#/*"], []),
        ]
        for (party, grants, rights) in creations {
            let token = try await registry.client.createToken(
                TokenCreation(name: party.rawValue, grants: grants, rights: rights))
            try #require(
                FileManager.default.createFile(
                    atPath: file(party), contents: Data(token.secretText.utf8),
                    attributes: [.posixPermissions: 0o600]))
        }
    }

    /// How a party inside the test's process says who it is.
    func credentials(_ party: Party) -> RegistryCredentials {
        mode == .secured ? .tokenFile(file(party)) : .none
    }

    /// What a command is started with that talks to the registries.
    func arguments(_ party: Party) -> [String] {
        authority.map { ["--ca-file", $0, "--token-file", file(party)] } ?? []
    }

    /// Asserts that what is measured is what the mode says.
    func check(_ registry: RunningRegistry, _ document: DocumentKey) async throws {
        guard mode == .secured else { return }
        #expect(registry.url.hasPrefix("https://"))
        #expect(!registry.process.errors.text.contains("without TLS"))
        let stranger = try RegistryClient(url: registry.url, tls: tls)
        let error = await #expect(throws: RegistryClientError.self) {
            _ = try await stranger.history(of: document, limit: 1)
        }
        #expect(error?.code == .unauthorized)
    }

    private func file(_ party: Party) -> String { bench.path("\(party.rawValue).token") }
}
