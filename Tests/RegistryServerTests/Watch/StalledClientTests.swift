import HummingbirdTesting
import NIOCore
import NIOPosix
import RegistryServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1))) struct StalledClientTests {
    /// The client reads nothing; the server has more to say than the buffers between them hold.
    @Test func aClientThatTakesNothingIsCut() async throws {
        var options = RegistryServerOptions()
        options.stallLimit = .milliseconds(200)
        try await TestServer.run(.live, options: options) { client in
            let large = #"{"a":""# + String(repeating: "x", count: 1_000_000) + #""}"#
            for n in 0..<20 { try await client.create("s\(n)", large) }
            let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .channelOption(.autoRead, value: false)
                .connect(host: "localhost", port: client.port ?? 0).get()
            try await channel.writeAndFlush(ByteBuffer(string: "GET /api/watch HTTP/1.1\r\nHost: localhost\r\n\r\n"))
            // Reading begins only after the server cut the connection, so that this ends before everything was told.
            try await Task.sleep(for: .seconds(2))
            let received = try await Self.receiveAll(channel)
            #expect(received < 20_000_000)
        }
    }

    private static func receiveAll(_ channel: any Channel) async throws -> Int {
        let counter = ByteCounter()
        try await channel.pipeline.addHandler(counter).get()
        try await channel.setOption(.autoRead, value: true).get()
        // The server closed the connection hard or softly; either way it ends.
        _ = try? await channel.closeFuture.get()
        return counter.bytes.load(ordering: .relaxed)
    }
}

/// Counts what arrives.
private final class ByteCounter: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    let bytes = Atomic(0)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes.add(unwrapInboundIn(data).readableBytes, ordering: .relaxed)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
