import ConfigModel
import Foundation
import RegistryAPI
import RegistryClientTLS
import Synchronization
import TestSupport
import Testing

@testable import RegistryClient

/// How a client says who it is, and to whom.
@Suite(.timeLimit(.minutes(1))) struct CredentialsTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    @Test func aTokenFileIsReadAgainAtEveryConnection() async throws {
        try await withTokenFile("first") { path in
            let server = try ScriptedHTTPServer { [record] _ in
                ScriptedAnswer(Served.record(record).steps + [.hangUp])
            }
            let client = try RegistryClient(url: server.url, credentials: .tokenFile(path))
            _ = try await client.version(1, of: key)
            try write("second\n", to: path)
            _ = try await client.version(1, of: key)
            #expect(server.tokens == ["Bearer first", "Bearer second"])
        }
    }

    @Test(arguments: [(401, RegistryClientError.Code.unauthorized), (403, .forbidden)])
    func aTokenFileIsReadAgainOnceAfterARefusalAndTheCallIsMadeAgainOnlyWithAnotherToken(
        status: Int, code: RegistryClientError.Code
    ) async throws {
        try await withTokenFile("first") { path in
            let server = try ScriptedHTTPServer { [record] request in
                request.headers["authorization"] == "Bearer second" ? Served.record(record) : .answer(status, [:])
            }
            let client = try RegistryClient(url: server.url, credentials: .tokenFile(path))
            let error = try await failure { () throws(RegistryClientError) in try await client.version(1, of: key) }
            #expect(error.code == code)
            #expect(server.tokens == ["Bearer first"])
            try write("second", to: path)
            _ = try await client.version(1, of: key)
            #expect(server.tokens.last == "Bearer second")
        }
    }

    @Test func aStreamThatIsRefusedIsOpenedAgainWithTheTokenThatTheFileHasNow() async throws {
        try await withTokenFile("first") { path in
            let server = try ScriptedHTTPServer { request in
                guard request.headers["authorization"] == "Bearer second" else {
                    try? "second".write(toFile: path, atomically: true, encoding: .utf8)
                    return .answer(401, [:])
                }
                return .stream([.send(Array(": proof 5\n\n".utf8)), .stayOpen])
            }
            let client = try RegistryClient(url: server.url, credentials: .tokenFile(path))
            let message = try await client.withWatch { messages in
                var iterator = messages.makeAsyncIterator()
                return try await iterator.next()
            }
            #expect(message == .proof(age: .milliseconds(5)))
            #expect(server.tokens == ["Bearer first", "Bearer second"])
        }
    }

    @Test func whileATokenFileCannotBeReadTheTokenBeforeIsUsed() async throws {
        try await withTokenFile("first") { path in
            let server = try ScriptedHTTPServer { [record] _ in Served.record(record) }
            let client = try RegistryClient(url: server.url, credentials: .tokenFile(path))
            try FileManager.default.removeItem(atPath: path)
            _ = try await client.version(1, of: key)
            #expect(server.tokens == ["Bearer first"])
        }
    }

    @Test(arguments: ["", " \n", "a b", "a\u{0}"])
    func aFileWithoutExactlyOneTokenIsRefusedWhenTheClientIsMade(_ text: String) async throws {
        try await withTokenFile(text) { path in
            let error = #expect(throws: RegistryClientError.self) {
                try RegistryClient(url: "http://127.0.0.1", credentials: .tokenFile(path))
            }
            #expect(error?.code == .invalidRequest)
        }
    }

    @Test(
        arguments: [
            ("http://127.0.0.1:1", true), ("http://localhost:1", true), ("http://[::1]:1", true),
            ("https://registry.example", true), ("http://registry.example", false), ("http://10.0.0.1", false),
            ("http://registry.localhost", false),
        ])
    func aTokenGoesOnlyWhereNobodyCanReadItOnTheWayUnlessThatIsAllowed(_ url: String, _ isPrivate: Bool) throws {
        #expect(try RegistryClient(url: url, tls: RegistryTLS()).provesFreshness == isPrivate)
        #expect(try RegistryClient(url: url, tls: RegistryTLS(), allowsPlaintext: true).provesFreshness)
        #expect(throws: Never.self) {
            try RegistryClient(url: url, credentials: .token("secret"), tls: RegistryTLS(), allowsPlaintext: true)
        }
        guard !isPrivate else {
            #expect(throws: Never.self) {
                try RegistryClient(url: url, credentials: .token("secret"), tls: RegistryTLS())
            }
            return
        }
        let error = #expect(throws: RegistryClientError.self) {
            try RegistryClient(urls: ["http://127.0.0.1", url], credentials: .token("secret"))
        }
        #expect(error?.code == .invalidRequest && error?.message.contains(url) == true)
        #expect(error?.message.contains("secret") == false)
    }

    @Test func noDescriptionShowsAToken() {
        let credentials = RegistryCredentials.token("secret")
        var dumped = ""
        dump(credentials, to: &dumped)
        #expect(!"\(credentials) \(String(reflecting: credentials)) \(dumped)".contains("secret"))
    }

    private func withTokenFile(_ token: String, _ body: (String) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/token"
            try write(token, to: path)
            try await body(path)
        }
    }

    private func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
}

extension ScriptedHTTPServer {
    fileprivate var tokens: [String] { requests.compactMap { $0.headers["authorization"] } }
}
