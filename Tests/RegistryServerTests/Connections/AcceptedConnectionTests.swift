import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import RegistryServer

/// A server whose task is cancelled drops connections that it has accepted and not handled yet.
@Suite("A connection that is accepted and never handled", .timeLimit(.minutes(1)))
struct AcceptedConnectionTests {
    @Test func isClosed() async throws {
        let http = CachedHeadChannel(HTTP1Channel(responder: { _, _, _ in })) { _, _ in nil }
        let listener = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                // What is there to handle the connection is let go.
                http.setup(channel: channel, logger: TestServer.logger).map { _ in }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        for _ in 0..<20 {
            try await RawConnection.run(port: listener.localAddress?.port) { connection in
                let rest = try await connection.readToEnd()
                #expect(rest == "")
            }
        }
        try await listener.close()
    }

    @Test func doesNotEndAProgramWhoseServerIsCancelledWhileClientsConnect() async throws {
        for _ in 0..<10 { try await cancelServerWhileClientsConnect() }
    }

    private func cancelServerWhileClientsConnect() async throws {
        try await TestServer.withRegistry { registry in
            var options = RegistryServerOptions()
            options.port = 0
            let (ports, listening) = AsyncStream.makeStream(of: Int.self)
            let application = try RegistryServer.buildApplication(
                registry: registry, options: options, logger: TestServer.logger
            ) { listening.yield($0) }
            let serving = Task { try await application.run() }
            guard let port = await ports.first(where: { _ in true }) else { return }
            let clients = (0..<8).map { _ in
                Task {
                    let client = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    // Until the server is gone.
                    while let channel = try? await client.connect(host: "127.0.0.1", port: port).get() {
                        try? await channel.close()
                    }
                }
            }
            serving.cancel()
            _ = await serving.result
            for client in clients { await client.value }
        }
    }
}
