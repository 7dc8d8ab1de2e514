import TestSupport
import Testing

extension CommandLineTests {
    /// What a container's health check gets.
    @Suite struct HealthTests {
        @Test func aRegistryThatCanServeIsCode0OneThatIsGoneIsCode3OneLineSaysSo() async throws {
            try await withBench { bench in
                let registry = try await bench.startEmbedded()
                let text = try await bench.configbus("health", at: registry)
                #expect(text.status == .exited(0))
                #expect(text.output == "\(registry.url) is ready\n")
                let json = try await bench.configbus("health", "--output", "json", at: registry)
                #expect(json.output == #"{"status":"ready","url":"\#(registry.url)"}"# + "\n")
                try await registry.process.kill9()
                let gone = try await bench.configbus("health", at: registry)
                #expect(gone.status == .exited(3))
                #expect(gone.output == "" && gone.errors.contains(registry.url))
            }
        }

        /// A response, and what `health` makes of it.
        struct Case: CustomTestStringConvertible {
            let testDescription: String
            let answer: ScriptedAnswer
            let code: Int32
            let says: String
        }

        static let cases = [
            Case(
                testDescription: "its store is away",
                answer: .problem(503, "unavailable", "The database does not answer."), code: 1,
                says: " is not ready: The database does not answer.\n"),
            Case(
                testDescription: "it gives no reason", answer: .json(503, #"{"status":"not-ready"}"#), code: 1,
                says: " is not ready\n"),
            Case(
                testDescription: "a proxy answers for it", answer: .json(503, "<h1>Sorry</h1>", type: "text/html"),
                code: 1, says: " is not ready\n"),
            Case(
                testDescription: "the reason has control characters",
                answer: .problem(503, "unavailable", #"\u001b[2J"#), code: 1, says: #" is not ready: \u001b[2J"#),
            Case(
                testDescription: "something else is at the address",
                answer: .json(200, "<h1>It works!</h1>", type: "text/html"), code: 3, says: ""),
            Case(testDescription: "another API is at the address", answer: .json(200, "{}"), code: 3, says: ""),
            Case(testDescription: "it hangs up", answer: .hangUp, code: 3, says: ""),
            Case(testDescription: "it says nothing", answer: .silence, code: 3, says: ""),
        ]

        @Test(arguments: cases)
        func aRegistryThatCannotServeIsCode1WhatIsNoRegistryIsCode3(expected: Case) async throws {
            try await withBench { bench in
                let server = try ScriptedHTTPServer { request in
                    request.path == "/health/ready" ? expected.answer : .problem(404, "unknown-path")
                }
                let result = try await bench.configbus("health", "--url", server.url, "--timeout", "1s")
                #expect(result.status == .exited(expected.code))
                #expect(result.output.contains(expected.says))
                #expect(result.output.isEmpty == expected.says.isEmpty)
                #expect(result.errors.isEmpty == !expected.says.isEmpty)
            }
        }

        @Test func theReasonIsAMemberOfTheJSON() async throws {
            try await withBench { bench in
                let server = try ScriptedHTTPServer { _ in .problem(503, "unavailable", "Away.") }
                let result = try await bench.configbus("health", "--url", server.url, "-o", "json")
                #expect(result.status == .exited(1))
                #expect(result.output == #"{"reason":"Away.","status":"not-ready","url":"\#(server.url)"}"# + "\n")
            }
        }
    }
}
