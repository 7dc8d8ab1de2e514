import HTTPTypes
import HummingbirdTesting
import NIOCore
import NIOPosix
import RegistryServer
import TestSupport
import Testing

/// Answers that are larger than what lies between server and client, for clients that do not read them.
@Suite(.timeLimit(.minutes(1))) struct UnreadAnswerTests {
    private static let path = "/api/configs/s/history?limit=1000"

    private func run(
        stallLimit: Duration, _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        var options = RegistryServerOptions()
        options.stallLimit = stallLimit
        try await TestServer.run(.live, options: options) { client in
            let content = #"{"a":""# + String(repeating: "x", count: 1_000_000) + #""}"#
            try await client.fill(.post, "s", content)
            for _ in 0..<7 { try await client.fill(.put, "s", content) }
            try await test(client)
        }
    }

    @Test func aClientThatTakesNothingIsCut() async throws {
        try await run(stallLimit: .milliseconds(300)) { client in
            let channel = try await Self.open(client.port)
            // Nothing is read, so that only writing shows that the server has closed the connection.
            try await eventually("the connection is closed") {
                do {
                    try await channel.writeAndFlush(ByteBuffer(string: "\r\n"))
                    return false
                } catch {
                    return true
                }
            }
            try? await channel.close()
        }
    }

    @Test func aClientThatReadsGetsEverything() async throws {
        try await run(stallLimit: .seconds(60)) { client in
            try await RawConnection.run(port: client.port) { connection in
                try await connection.write("GET \(Self.path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                let answer = try await connection.readToEnd()
                #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
                #expect(answer.utf8.count > 8_000_000)
                #expect(answer.hasSuffix("]\r\n0\r\n\r\n"))
            }
        }
    }

    /// A connection that asks and reads nothing, but sees that it is closed.
    private static func open(_ port: Int?) async throws -> any Channel {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 4_096)
            .connect(host: "localhost", port: port ?? 0).get()
        try await channel.writeAndFlush(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        return channel
    }
}
