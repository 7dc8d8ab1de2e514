import ConfigRegistry
import EventBus
import HummingbirdTesting
import Logging
import Synchronization
import TestSupport
import Tracing

@testable import RegistryServer

/// What a bus delivered, in order.
final class DeliveryLog: Sendable {
    private let deliveries = Mutex<[BusDelivery]>([])

    func add(_ delivery: BusDelivery) { deliveries.withLock { $0.append(delivery) } }

    /// The delivery with this number, from 0.
    func delivery(_ number: Int = 0) async throws -> BusDelivery {
        try await eventually("delivery \(number)") { () -> BusDelivery? in
            deliveries.withLock { $0.count > number ? $0[number] : nil }
        }
    }
}

/// A registry whose events a test reads.
enum TracedServer {
    /// Runs `body` with a client and what the bus delivers.
    static func run(
        tracer: (any Tracer)? = nil,
        _ body: @escaping @Sendable (any TestClientProtocol, DeliveryLog) async throws -> Void
    ) async throws {
        let (store, bus, log) = (InMemoryVersionStore(), InProcessBus(), DeliveryLog())
        try await serving(store, bus, tracer) { client in
            let (ready, isReady) = AsyncStream<Never>.makeStream()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await record(bus, into: log) { isReady.finish() } }
                for await _ in ready {}
                try await body(client, log)
                group.cancelAll()
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

    private static func record(
        _ bus: InProcessBus, into log: DeliveryLog, _ onSubscribed: @escaping @Sendable () -> Void
    ) async throws {
        try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
            for await signal in signals {
                switch signal {
                case .subscribed: onSubscribed()
                case .delivery(let delivery):
                    delivery.acknowledge()
                    log.add(delivery)
                case .interrupted: break
                }
            }
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
