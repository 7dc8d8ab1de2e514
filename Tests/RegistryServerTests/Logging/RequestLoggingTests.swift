import Hummingbird
import HummingbirdTesting
import Logging
import TestSupport
import Testing

@testable import RegistryServer

/// What names a request, and the lines about requests.
@Suite(.timeLimit(.minutes(1))) struct RequestLoggingTests {
    private func run(
        logsAll: Bool = false,
        _ test: @escaping @Sendable (any TestClientProtocol, LogRecorder) async throws -> Void
    ) async throws {
        let recorder = LogRecorder()
        try await TestServer.withRegistry(headLifetime: .seconds(60)) { registry in
            var options = RegistryServerOptions()
            options.logsRequests = logsAll
            let application = RegistryServer.buildApplication(
                registry: registry, gate: LoopbackGate(), options: options, logger: recorder.logger)
            try await application.test(.live) { client in try await test(client, recorder) }
        }
    }

    private static func lines(_ recorder: LogRecorder) -> [LogRecorder.Line] {
        recorder.lines.filter { $0.metadata["route"] != nil }
    }

    @Test func theNameOfARequestIsSentBackAndOneThatIsNoneIsReplaced() async throws {
        try await run { client, _ in
            try await client.create("s")
            // From memory, from the router, and a refusal.
            for path in ["/api/configs/s", "/api/configs", "/api/configs/missing", "/nowhere"] {
                let answer = try await client.get(path, headers: ["X-Request-ID": "Run_7.a-b"])
                #expect(answer.header("X-Request-ID") == "Run_7.a-b", "\(path)")
            }
            for id in ["", "a b", "ü", "<x>", String(repeating: "a", count: 65), "a,b"] {
                let answer = try await client.get("/api/configs/s", headers: ["X-Request-ID": id])
                let made = try #require(answer.header("X-Request-ID"))
                #expect(made != id && RequestFacts.isValid(made), "\(id)")
            }
            let first = try await client.get("/api/configs").header("X-Request-ID")
            let second = try await client.get("/api/configs").header("X-Request-ID")
            #expect(first != nil && first != second)
        }
    }

    @Test func withoutWishNoRequestHasALine() async throws {
        try await run { client, recorder in
            try await client.create("s")
            _ = try await client.get("/api/configs/s")
            _ = try await client.get("/api/configs/missing")
            #expect(Self.lines(recorder).isEmpty)
        }
    }

    @Test func everyRequestHasALineWhenThatIsWanted() async throws {
        try await run(logsAll: true) { client, recorder in
            _ = try await client.call(
                .post, "/api/configs/s?environment=default", #"{"config_data":{"p":"hunter2"},"comment":"hunter2"}"#,
                headers: ["X-Request-ID": "one", "traceparent": TraceSamples.valid])
            _ = try await client.get("/api/configs/s", headers: ["X-Request-ID": "two"])
            _ = try await client.get("/token/hunter2", headers: ["X-Request-ID": "three"])
            let lines = Self.lines(recorder)
            #expect(lines.map { $0.text("request_id") } == ["one", "two", "three"])
            let first = try #require(lines.first)
            #expect(first.level == .info && first.text("status") == "201" && first.text("version") == "1")
            #expect(first.text("key") == "s/default" && first.text("method") == "POST")
            #expect(first.text("route") == "/api/configs/{service}" && first.metadata["duration_ms"] != nil)
            #expect(lines.last?.text("route") == "unknown")
            #expect(!"\(recorder.lines)".contains("hunter2"))
        }
    }

    @Test func noMoreThanTenLinesASecondAndTheirNumberIsSaid() {
        let budget = LineBudget()
        for _ in 0..<10 { #expect(budget.take(at: 7) == .logged(leftOut: 0)) }
        #expect(budget.take(at: 7) == .keptOut(isFirst: true))
        for _ in 0..<4 { #expect(budget.take(at: 7) == .keptOut(isFirst: false)) }
        #expect(budget.take(at: 8) == .logged(leftOut: 5))
        #expect(budget.take(at: 8) == .logged(leftOut: 0) && budget.takeLeftOut() == 0)
    }
}

extension LogRecorder.Line {
    /// A member of the metadata as it is written; empty when there is none.
    func text(_ name: String) -> String { metadata[name].map { "\($0)" } ?? "" }
}
