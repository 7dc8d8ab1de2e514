import ConfigModel
import ConfigStore
import HTTPTypes
import TestSupport
import Testing

@Suite("A document of a reserved environment, over HTTP", .timeLimit(.minutes(1))) struct ReservedDocumentTests {
    /// A store with the document `a/prod`, and one in a reserved environment.
    private static func store() async throws -> InMemoryVersionStore {
        let store = InMemoryVersionStore()
        let epoch = try await store.epoch()
        for key in [
            try DocumentKey(service: "a", environment: "prod"), try DocumentKey(service: "a", reserved: "schema"),
        ] {
            for record in RecordChain(key, [#"{"n":1}"#, #"{"n":2}"#], epoch: epoch).records {
                #expect(try await store.append(record) == .stored)
            }
        }
        return store
    }

    static let lists = [
        "/api/configs", "/api/configs?deleted=true", "/api/configs?view=heads", "/api/configs?prefix=a",
        "/api/configs?service_name=a", "/health", "/stats", "/metrics",
    ]

    @Test(arguments: lists)
    func isInNoListAndNoFigure(from path: String) async throws {
        try await TestServer.run(on: Self.store()) { client in
            let answer = try await client.get(path)
            #expect(answer.status == 200)
            #expect(!answer.text.contains("~"), "\(answer.text)")
            if path.hasPrefix("/api") { #expect(answer.text.contains("prod")) }
        }
    }

    @Test func isNotCounted() async throws {
        try await TestServer.run(on: Self.store()) { client in
            let health = try await client.get("/health")
            #expect(health["store"]?.description.contains(#""documents":1"#) == true, "\(health.text)")
        }
    }

    static let calls: [(HTTPRequest.Method, String, String?)] = [
        (.get, "/api/configs/a?environment=~schema", nil),
        (.get, "/api/configs/a?environment=%7Eschema", nil),
        (.get, "/api/configs/a?environment=~schema&wait=1s", nil),
        (.get, "/api/configs/a?environment=~schema&overlay=true", nil),
        (.get, "/api/configs/a/history?environment=~schema", nil),
        (.get, "/api/configs/a/versions/1?environment=~schema", nil),
        (.get, "/api/configs/a/diff?environment=~schema", nil),
        (.get, "/api/configs?environment=~schema", nil),
        (.get, "/api/watch?environment=~schema", nil),
        (.post, "/api/watch?environment=prod", #"{"known":{"a/~schema":1}}"#),
        (.post, "/api/configs:batchGet", #"{"documents":[{"service_name":"a","environment":"~schema"}]}"#),
        (.post, "/api/configs/b?environment=~schema", #"{"config_data":{}}"#),
        (.put, "/api/configs/a?environment=~schema", #"{"config_data":{}}"#),
        (.delete, "/api/configs/a?environment=~schema", nil),
        (.post, "/api/configs/a/rollback?environment=~schema", #"{"to_version":1}"#),
    ]

    @Test(arguments: calls)
    func cannotBeNamedInAnyCall(_ method: HTTPRequest.Method, _ path: String, _ body: String?) async throws {
        try await TestServer.run(on: Self.store()) { client in
            let answer = try await client.call(method, path, body)
            #expect(answer.status == 400 && answer.problem == "invalid-name", "\(answer.text)")
            #expect(answer.detail.contains("[A-Za-z0-9][A-Za-z0-9_-]{0,63}"))
        }
    }

    @Test func isNoPlaceToGoOnFromInAList() async throws {
        try await TestServer.run(on: Self.store()) { client in
            let answer = try await client.get("/api/configs?cursor=a/~schema")
            #expect(answer.status == 400 && answer.problem == "invalid-parameter")
        }
    }
}
