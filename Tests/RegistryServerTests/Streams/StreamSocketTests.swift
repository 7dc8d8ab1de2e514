import NIOCore
import NIOPosix
import Testing

@testable import RegistryServer

@Suite(.timeLimit(.minutes(1))) struct StreamSocketTests {
    @Test func whatTheSystemDoesNotTakeIsLeft() async throws {
        try await withConnection { server in
            let rest = try await server.eventLoop.submit {
                let socket = try #require(StreamSocket(of: server))
                var bytes = ByteBuffer(repeating: UInt8(ascii: "x"), count: 64 * 1_024 * 1_024)
                socket.writeNow(&bytes)
                let rest = bytes.readableBytes
                socket.writeNow(&bytes)
                #expect(bytes.readableBytes == rest)
                return rest
            }.get()
            #expect(rest > 0)
            #expect(rest < 64 * 1_024 * 1_024)
        }
    }

    @Test func aClosedConnectionTakesNothing() async throws {
        try await withConnection { server in
            let rest = try await server.eventLoop.submit {
                let socket = try #require(StreamSocket(of: server))
                server.close(promise: nil)
                var bytes = ByteBuffer(string: "late")
                socket.writeNow(&bytes)
                return bytes.readableBytes
            }.get()
            #expect(rest == 4)
        }
    }

    /// The server's end of a connection, of which neither end reads.
    private func withConnection(_ body: (any Channel) async throws -> Void) async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let accepted = group.next().makePromise(of: (any Channel).self)
        let listener = try await ServerBootstrap(group: group)
            .childChannelOption(.autoRead, value: false)
            .childChannelInitializer { channel in
                accepted.succeed(channel)
                return channel.eventLoop.makeSucceededVoidFuture()
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(listener.localAddress?.port)
        let client = try await ClientBootstrap(group: group).channelOption(.autoRead, value: false)
            .connect(host: "127.0.0.1", port: port).get()
        let server = try await accepted.futureResult.get()
        try await body(server)
        for channel in [server, client, listener] { try? await channel.close() }
    }
}
