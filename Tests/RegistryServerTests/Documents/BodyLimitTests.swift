import ConfigModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import RegistryServer

@Suite(.timeLimit(.minutes(1))) struct BodyLimitTests {
    private static func body(_ bytes: Int) -> String {
        #"{"config_data":{"a":""# + String(repeating: "x", count: bytes) + #""}}"#
    }

    @Test func contentUpToTheLimitIsTaken() async throws {
        var options = RegistryServerOptions()
        options.contentLimits = ContentLimits(maximumBytes: 1_000)
        try await TestServer.run(options: options) { client in
            let around = #"{"a":""}"#.utf8.count
            #expect(try await client.call(.post, "/api/configs/s", Self.body(1_000 - around)).status == 201)
            let answer = try await client.call(.post, "/api/configs/t", Self.body(1_001 - around))
            #expect(answer.status == 413)
            #expect(answer.problem == "too-large")
            #expect(answer.detail.contains("1000 bytes"))
        }
    }

    @Test(arguments: [3 << 20, 20 << 20])
    func aLargeBodyIsReadToItsEndAndAnswered(_ bytes: Int) async throws {
        try await TestServer.run(.live) { client in
            let answer = try await client.call(.post, "/api/configs/s", Self.body(bytes))
            #expect(answer.status == 413)
            #expect(answer.problem == "too-large")
            #expect(try await client.get("/health/live").status == 200, "the connection goes on")
        }
    }

    @Test func anEndlessBodyIsAnsweredAndTheConnectionClosed() async throws {
        var options = RegistryServerOptions()
        options.contentLimits = ContentLimits(maximumBytes: 1_000)
        options.discardedBytes = 1 << 20
        // However slow the machine is, the client is done before the server closes.
        options.lingering = .seconds(60)
        try await TestServer.run(.live, options: options) { client in
            let answer = try await client.call(.post, "/api/configs/s", Self.body(2 << 20))
            #expect(answer.status == 413)
            #expect(answer.header("Connection") == "close")
        }
    }
}
