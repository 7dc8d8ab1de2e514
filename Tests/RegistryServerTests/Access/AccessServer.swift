import ConfigAccess
import ConfigModel
import ConfigRegistry
import EventBus
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Synchronization

@testable import RegistryServer

/// A server whose callers need a token, with an administrator of everything.
final class AccessServer: Sendable {
    private let client: any TestClientProtocol
    private let registry: Registry
    private let received = Mutex<[String]>([])
    /// The text of the administrator's token.
    let admin: String

    /// Runs `test` with such a server.
    static func run(
        _ setup: TestingSetup = .router, on kind: TestStore = .embedded, limits: RequestLimits? = nil,
        options: RegistryServerOptions = RegistryServerOptions(),
        _ test: @escaping @Sendable (AccessServer) async throws -> Void
    ) async throws {
        try await kind.with { store in
            let admin = TokenText.random()
            _ = try await FirstToken(store: store, registry: "test").add(admin)
            var registryOptions = RegistryOptions()
            registryOptions.settleSchema = {}
            let registry = Registry(
                store: store, bus: InProcessBus(), options: registryOptions, logger: TestServer.logger)
            try await registry.start()
            let gate = CredentialGate(registry.access, isAlwaysRequired: true)
            let application = RegistryServer.buildApplication(
                registry: registry, gate: limits.map { LimitedGate(gate, $0) as any RequestGate } ?? gate,
                options: options, logger: TestServer.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await registry.run() }
                try await application.test(setup) { client in
                    try await test(AccessServer(client, registry, admin: admin.secretText))
                }
                group.cancelAll()
            }
        }
    }

    private init(_ client: any TestClientProtocol, _ registry: Registry, admin: String) {
        self.client = client
        self.registry = registry
        self.admin = admin
    }

    /// Where a live server listens.
    var port: Int? { client.port }

    /// All bodies and headers that came back.
    var transcript: String { received.withLock { $0.joined(separator: "\n") } }

    /// Any call with a token, the administrator's unless another is named.
    func call(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        let credential = ["Authorization": "Bearer \(token ?? admin)"]
        let answer = try await client.call(method, path, body, headers: headers.merging(credential) { $1 })
        received.withLock { $0.append(answer.text + "\(answer.headers)") }
        return answer
    }

    func get(_ path: String, token: String? = nil) async throws -> Answer {
        try await call(.get, path, token: token)
    }

    /// Asks for a token with these grants.
    func create(
        _ grants: String..., name: String = "ci", more: String = "", token: String? = nil
    ) async throws -> Answer {
        let list = grants.map { "\"\($0)\"" }.joined(separator: ",")
        return try await call(.post, "/api/tokens", #"{"name":"\#(name)","grants":[\#(list)]\#(more)}"#, token: token)
    }

    /// The text and the identifier of a token with these grants.
    func token(_ grants: String..., name: String? = nil, more: String = "") async throws -> (text: String, id: String) {
        let list = grants.map { "\"\($0)\"" }.joined(separator: ",")
        let name = name ?? "t\(UInt32.random(in: 0 ... .max))"
        let answer = try await call(.post, "/api/tokens", #"{"name":"\#(name)","grants":[\#(list)]\#(more)}"#)
        guard answer.status == 201, case .string(let text)? = answer["token"], case .string(let id)? = answer["id"]
        else { throw NoToken(answer: answer.text) }
        return (text, id)
    }

    struct NoToken: Error { let answer: String }
}

extension Answer {
    /// The body as a list of objects.
    var list: [JSONObject] {
        guard case .array(let elements)? = try? json else { return [] }
        return elements.compactMap { if case .object(let object) = $0 { object } else { nil } }
    }

    /// A text in the body.
    func text(_ name: String) -> String? {
        if case .string(let text)? = self[name] { text } else { nil }
    }
}
