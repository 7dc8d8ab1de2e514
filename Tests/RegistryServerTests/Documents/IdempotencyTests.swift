import HTTPTypes
import Testing

@Suite(.timeLimit(.minutes(1))) struct IdempotencyTests {
    private static let body = #"{"config_data":{"a":1},"created_by":"ann"}"#

    @Test func theSameRequestAgainIsTheSameVersion() async throws {
        try await TestServer.run { client in
            let headers = ["Idempotency-Key": "deploy-17:a.b"]
            let first = try await client.call(.post, "/api/configs/s", Self.body, headers: headers)
            try await client.update("s", #"{"a":2}"#)
            let again = try await client.call(.post, "/api/configs/s", Self.body, headers: headers)
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.text == first.text)
            #expect(again.header("Idempotency-Key") == "deploy-17:a.b")
            #expect(again["change_id"] == "deploy-17:a.b")
        }
    }

    @Test func anotherRequestUnderTheSameKeyIsRefused() async throws {
        try await TestServer.run { client in
            let headers = ["Idempotency-Key": "k"]
            _ = try await client.call(.post, "/api/configs/s", Self.body, headers: headers)
            let other = try await client.call(.put, "/api/configs/s", #"{"config_data":{}}"#, headers: headers)
            #expect(other.status == 422)
            #expect(other.problem == "change-reused")
            #expect(other.header("Idempotency-Key") == "k")
        }
    }

    @Test func aKeyCountsForOneDocument() async throws {
        try await TestServer.run { client in
            for service in ["s", "t"] {
                let answer = try await client.call(
                    .post, "/api/configs/\(service)", Self.body, headers: ["Idempotency-Key": "k"])
                #expect(answer.status == 201)
            }
        }
    }

    @Test(arguments: ["{", #"{"config_data":[]}"#, #"{"config_data":{}}"#])
    func refusalsNameTheKeyToo(_ body: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(
                .put, "/api/configs/s", body, headers: ["Idempotency-Key": "k", "X-Correlation-ID": "trace-1"])
            #expect(answer.problem != nil)
            #expect(answer.header("Idempotency-Key") == "k")
            #expect(answer.header("X-Correlation-ID") == "trace-1")
        }
    }

    @Test func theCorrelationIDIsKeptWithTheVersion() async throws {
        try await TestServer.run { client in
            let answer = try await client.call(
                .post, "/api/configs/s", Self.body, headers: ["X-Correlation-ID": "trace-1"])
            #expect(answer["correlation_id"] == "trace-1")
            #expect(answer.header("X-Correlation-ID") == "trace-1")
        }
    }
}
