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
        let (store, bus) = (InMemoryVersionStore(), InProcessBus())
        try await serving(store, bus, tracer) { client in
            try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
                let reader = SignalReader(signals)
                try await reader.subscribed()
                try await body(client, reader)
            }
        }
    }

    /// Runs `body` with clients of two registries that share store and bus.
    static func runTwo(
        _ body: @escaping @Sendable (any TestClientProtocol, any TestClientProtocol) async throws -> Void
    ) async throws {
        let (store, bus) = (InMemoryVersionStore(), InProcessBus())
        try await serving(store, bus, nil) { first in
            try await serving(store, bus, nil) { second in try await body(first, second) }
        }
    }

    private static func serving(
        _ store: InMemoryVersionStore, _ bus: InProcessBus, _ tracer: (any Tracer)?,
        _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        var options = RegistryOptions()
        options.healthTimeLimit = .seconds(60)
        options.tracer = tracer
        let registry = Registry(store: store, bus: bus, options: options, logger: TestServer.logger)
        try await registry.start()
        let application = RegistryServer.buildApplication(
            registry: registry, gate: LoopbackGate(), options: RegistryServerOptions(), logger: TestServer.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await registry.run() }
            try await application.test(.live) { client in try await body(client) }
            group.cancelAll()
        }
    }
}
