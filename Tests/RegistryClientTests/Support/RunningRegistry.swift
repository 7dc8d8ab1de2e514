import ConfigRegistry
import EventBus
import Hummingbird
import Logging
import RegistryClient
import RegistryServer
import ServiceLifecycle
import TestSupport

/// A registry with its HTTP server on a free port, in this process.
enum RunningRegistry {
    /// Runs `body` with a client of it.
    static func with(
        store: InMemoryVersionStore = InMemoryVersionStore(), bus: InProcessBus = InProcessBus(),
        _ body: (RegistryClient, Registry) async throws -> Void
    ) async throws {
        let logger = Logger.silent
        var registryOptions = RegistryOptions()
        // There is no other registry.
        registryOptions.settleSchema = {}
        let registry = Registry(store: store, bus: bus, options: registryOptions, logger: logger)
        try await registry.start()
        var options = RegistryServerOptions()
        options.port = 0
        let (ports, listening) = AsyncStream.makeStream(of: Int.self)
        let server = try RegistryServer.buildApplication(registry: registry, options: options, logger: logger) {
            listening.yield($0)
        }
        try await withThrowingTaskGroup { group in
            group.addTask { try await registry.run() }
            group.addTask { try await server.run() }
            defer { group.cancelAll() }
            for await port in ports {
                try await body(try RegistryClient(url: "http://127.0.0.1:\(port)"), registry)
                return
            }
        }
    }
}
