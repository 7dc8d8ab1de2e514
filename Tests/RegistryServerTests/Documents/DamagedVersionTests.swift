import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// How HTTP says that what is stored of a document is damaged, and goes on with everything else.
@Suite(.timeLimit(.minutes(1))) struct DamagedVersionTests {
    private func run(_ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let store = InMemoryVersionStore()
        // Before there is a registry, which would remember them.
        for document in ["a", "bad", "c"] {
            var chain = try VersionChain(document)
            for number in 1...2 { #expect(try await store.append(chain.next(#"{"n":\#(number)}"#)) == .stored) }
        }
        store.damage(2, of: try DocumentKey(service: "bad"))
        try await TestServer.run(on: store, test)
    }

    @Test(arguments: [
        "/api/configs/bad?min_version=2", "/api/configs/bad?version=2", "/api/configs/bad/versions/2",
        "/api/configs/bad/diff", "/api/configs/bad?wait=30s", "/api/configs/bad?overlay=true",
    ])
    func itIsAProblemOfItsOwn(_ uri: String) async throws {
        try await run { client in
            let answer = try await client.get(uri)
            #expect(answer.status == 500)
            #expect(answer.problem == "damaged-version")
            #expect(answer["service_name"] == "bad" && answer["environment"] == "default" && answer["version"] == 2)
            #expect(answer.detail.contains("Version 2 of bad/default is damaged"), "\(answer.detail)")
        }
    }

    @Test func listsAndHistoriesNameWhatTheyLeaveOut() async throws {
        try await run { client in
            for uri in ["/api/configs", "/api/configs?view=heads", "/api/configs/bad/history"] {
                let answer = try await client.get(uri)
                #expect(answer.status == 200)
                #expect(answer.header("Config-Damaged") == "default/bad@2", "\(uri)")
                #expect(!answer.text.contains(#""service_name":"bad","environment":"default","version":2"#))
            }
            let history = try await client.get("/api/configs/bad/history")
            #expect(history.text.contains(#""version":1"#))
            for uri in ["/api/configs?prefix=a", "/api/configs/a/history"] {
                #expect(try await client.get(uri).header("Config-Damaged") == nil, "\(uri)")
            }
        }
    }

    @Test func batchesAnswerTheOthers() async throws {
        try await run { client in
            let answer = try await client.call(
                .post, "/api/configs:batchGet",
                #"{"documents":[{"service_name":"a"},{"service_name":"bad"},{"service_name":"c"}]}"#,
                headers: ["Cache-Control": "no-cache"])
            guard case .array(let documents)? = answer["documents"] else {
                Issue.record("\(answer.text)")
                return
            }
            let statuses = documents.map { document -> JSONValue? in
                guard case .object(let object) = document else { return nil }
                return object["status"]
            }
            #expect(statuses == [200, 500, 200])
            #expect(answer.text.contains(#""type":"damaged-version""#))
        }
    }

    @Test func healthAndMetricsNameIt() async throws {
        try await run { client in
            _ = try await client.get("/api/configs")
            let health = try await client.get("/health")
            #expect(health.status == 200 && health["status"] == "degraded")
            guard case .object(let damaged)? = health["damaged_versions"] else {
                Issue.record("\(health.text)")
                return
            }
            #expect(damaged["count"] == 1)
            #expect(health.text.contains(#""service_name":"bad","environment":"default","version":2,"reason":"#))
            #expect(try await client.get("/metrics").text.contains("configbus_damaged_versions 1\n"))
            #expect(try await client.get("/health/ready").status == 200)
        }
    }

    @Test func aNewVersionMayFollowIt() async throws {
        try await run { client in
            let patch = try await client.call(
                .patch, "/api/configs/bad", #"{"m":1}"#, headers: ["Content-Type": "application/merge-patch+json"])
            #expect(patch.problem == "damaged-version")
            let answer = try await client.update("bad", #"{"n":3}"#)
            #expect(answer.status == 200)
            #expect(
                try await client.get("/api/configs/bad", headers: ["Cache-Control": "no-cache"]).text == #"{"n":3}"#)
        }
    }
}
