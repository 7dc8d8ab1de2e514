import ConfigRegistry
import EventBus
import HummingbirdTesting
import Logging
import TestSupport
import Tracing

@testable import RegistryServer

/// A registry whose events a test reads.
enum TracedServer {
    /// Runs `body` with a client and what the bus delivers.
    static func run(
        tracer: (any Tracer)? = nil,
        _ body: @escaping @Sendable (any TestClientProtocol, SignalReader) async throws -> Void
    ) async throws {
        let bus = InProcessBus()
        var options = RegistryOptions()
        options.healthTimeLimit = .seconds(60)
        options.tracer = tracer
        let registry = Registry(store: InMemoryVersionStore(), bus: bus, options: options, logger: TestServer.logger)
        try await registry.start()
        let application = RegistryServer.buildApplication(
            registry: registry, gate: LoopbackGate(), options: RegistryServerOptions(), logger: TestServer.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await registry.run() }
            try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                try await application.test(.live) { client in try await body(client, reader) }
            }
            group.cancelAll()
        }
    }
}
