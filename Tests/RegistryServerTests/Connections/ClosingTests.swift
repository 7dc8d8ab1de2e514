import ConfigModel
import HummingbirdTesting
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import RegistryServer

/// What becomes of a connection whose last request has its response.
@Suite(.timeLimit(.minutes(1))) struct ClosingTests {
    private static let requests = [
        "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /api/configs/s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        "GET /health/live HTTP/1.0\r\nHost: localhost\r\n\r\n",
        "PUT /api/configs/s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 9\r\n\r\n",
        "no request\r\n\r\n",
    ]

    @Test(arguments: requests)
    func theServerClosesItAlsoWhenTheClientLeavesItsSideOpen(_ request: String) async throws {
        var options = RegistryServerOptions()
        options.lingering = .milliseconds(100)
        try await TestServer.run(.live, options: options) { client in
            try await client.create("s", #"{"n":1}"#)
            _ = try await client.get("/api/configs/s")
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.allowRemoteHalfClosure, value: true)
                .connect(host: "localhost", port: client.port ?? 0).get()
            try await channel.writeAndFlush(ByteBuffer(string: request))
            // Bytes that come to a closed socket are refused, those that come to a half-closed one are not.
            try await eventually("the descriptor is closed") {
                do {
                    try await channel.writeAndFlush(ByteBuffer(string: " "))
                    return false
                } catch {
                    return true
                }
            }
            try? await channel.close()
        }
    }

    /// A client that says at once that it sends nothing more, and one that goes on sending.
    @Test(arguments: [true, false])
    func theAnswerArrivesWholeBeforeHoweverSlowlyItIsRead(isOutputClosed: Bool) async throws {
        var options = RegistryServerOptions()
        options.lingering = .zero
        options.contentLimits = ContentLimits(maximumBytes: 8 << 20)
        try await TestServer.run(.live, options: options) { client in
            let content = #"{"a":""# + String(repeating: "x", count: 8_000_000) + #""}"#
            try await client.create("s", content)
            let request = "GET /api/configs/s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            let answer = try await RawConnection.exchange(
                Array(request.utf8), receiveBuffer: 4_096, closesOutput: isOutputClosed, port: client.port)
            #expect(answer.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(answer.utf8.count > 8_000_000)
            #expect(answer.hasSuffix("x\"}"))
        }
    }
}
