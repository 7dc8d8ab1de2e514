import HTTPTypes
import Testing

@testable import TestSupport

@Suite(.timeLimit(.minutes(1))) struct UnavailableStoreTests {
    @Test func readsAreAnsweredWith503AndWhenToAskAgain() async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store) { client in
            store.faults.isAway = true
            for uri in ["/api/configs/s", "/api/configs/s/history", "/api/configs", "/api/configs/s?version=1"] {
                let answer = try await client.get(uri)
                #expect(answer.status == 503)
                #expect(answer.problem == "unavailable")
                #expect(answer.header("Retry-After") == "2")
            }
        }
    }

    @Test func healthTellsItAndLivenessDoesNot() async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store) { client in
            store.faults.isAway = true
            let health = try await client.get("/health")
            #expect(health.status == 503)
            #expect(health["status"] == "unhealthy")
            #expect(try await client.get("/health/ready").problem == "unavailable")
            #expect(try await client.get("/health/live").status == 200)
        }
    }

    @Test func aWriteWhoseOutcomeIsUnknownNamesTheKeyThatSettlesIt() async throws {
        let store = InMemoryVersionStore()
        try await TestServer.run(on: store, requestDeadline: .seconds(1)) { client in
            store.faults.everyAppend = .lostRequest
            let answer = try await client.create("s")
            #expect(answer.status == 503)
            #expect(answer.problem == "outcome-unknown")
            let key = try #require(answer.header("Idempotency-Key"))
            #expect(answer.detail.contains(key))
            #expect(answer.header("Retry-After") == "1")
            store.faults.everyAppend = nil
            let again = try await client.call(
                .post, "/api/configs/s", #"{"config_data":{},"created_by":"test"}"#, headers: ["Idempotency-Key": key])
            #expect(again.status == 201)
            #expect(again["version"] == 1)
        }
    }
}
