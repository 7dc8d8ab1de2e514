import ConfigModel
import ConfigRegistry
import EventBus
import FoundationEssentials
import HummingbirdTesting
import Logging
import RegistryServer
import SQLiteStore

/// A server on an embedded store and an in-process bus, for the length of a closure.
enum TestServer {
    static func run(
        _ setup: TestingSetup = .router, options: RegistryServerOptions = RegistryServerOptions(),
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withRegistry { registry, logger in
            let application = try RegistryServer.buildApplication(registry: registry, options: options, logger: logger)
            try await application.test(setup) { client in try await test(client) }
        }
    }

    /// A registry that runs, for the length of a closure.
    static func withRegistry(
        _ body: @escaping @Sendable (Registry, Logger) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let directory = FileManager.default.temporaryDirectory.appending(path: "configbus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let store = try await SQLiteStore.open(directory: directory.path, logger: logger)
        let registry = Registry(store: store, bus: InProcessBus(), logger: logger)
        try await registry.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await registry.run() }
            try await body(registry, logger)
            group.cancelAll()
        }
        await store.close()
    }
}
