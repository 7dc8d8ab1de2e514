import ConfigRegistry
import Logging
import RegistryServer
import ServiceLifecycle
import Synchronization
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ShutdownTests {
    /// Runs a server of its own that is asked to stop in the middle of `body`.
    private func run(
        _ body:
            @escaping @Sendable (Registry, _ port: Int, _ stop: @escaping @Sendable () async -> Void) async throws ->
            Void
    ) async throws {
        try await TestServer.withRegistry { registry in
            var options = RegistryServerOptions()
            options.port = 0
            let (ports, port) = AsyncStream<Int>.makeStream()
            let application = try RegistryServer.buildApplication(
                registry: registry, options: options, logger: TestServer.logger
            ) {
                port.yield($0)
            }
            let group = ServiceGroup(
                configuration: ServiceGroupConfiguration(services: [application], logger: TestServer.logger))
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                for await port in ports {
                    try await body(registry, port) { await group.triggerGracefulShutdown() }
                    break
                }
                // The server stops by itself: the test's time limit is the proof.
                try await tasks.waitForAll()
            }
        }
    }

    @Test func anEventStreamEndsRegularly() async throws {
        try await run { _, port, stop in
            try await EventStreamClient.run(port: port) { stream in
                _ = try await stream.nextUntilSynced()
                await stop()
                try await stream.readToEnd()
            }
        }
    }

    @Test func whoeverWaitsForAVersionIsAnswered() async throws {
        try await run { registry, port, stop in
            try await RawConnection.run(port: port) { connection in
                try await connection.write("GET /api/configs/s?wait=60s HTTP/1.1\r\nHost: localhost\r\n\r\n")
                _ = try await eventually("the request waits") { registry.openWatches == 1 }
                await stop()
                #expect(try await connection.readToEnd().contains(" 404 Not Found\r\n"))
            }
        }
    }
}
