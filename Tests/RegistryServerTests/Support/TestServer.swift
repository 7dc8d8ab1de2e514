import ConfigRegistry
import ConfigStore
import EventBus
import HummingbirdTesting
import Logging
import RE2Patterns
import SQLiteStore
import TestSupport

@testable import RegistryServer

/// A server on an embedded store and an in-process bus, for the length of a closure.
enum TestServer {
    static func run(
        _ setup: TestingSetup = .router, options: RegistryServerOptions = RegistryServerOptions(),
        headLifetime: Duration = .seconds(1), gate: any RequestGate = LoopbackGate(),
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await withRegistry(headLifetime: headLifetime) { registry in
            try await serve(registry, gate, setup, options, test)
        }
    }

    /// The same on a store that fails when it is told to.
    ///
    /// - Parameter requestDeadline: how long a write is tried; longer than any test where nothing fails.
    static func run(
        on store: InMemoryVersionStore, checks: [any ChangeCheck] = [], requestDeadline: Duration = .seconds(60),
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await running(store, checks: checks, requestDeadline: requestDeadline) { registry in
            try await serve(registry, LoopbackGate(), .router, RegistryServerOptions(), test)
        }
    }

    /// The same on a store of a kind.
    static func run(
        on kind: TestStore, _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        try await kind.with { store in
            try await running(store) { registry in
                try await serve(registry, LoopbackGate(), .router, RegistryServerOptions(), test)
            }
        }
    }

    /// A registry that runs, for the length of a closure.
    ///
    /// - Parameter headLifetime: how long a head is answered from memory.
    static func withRegistry(
        headLifetime: Duration = .seconds(1), _ body: @escaping @Sendable (Registry) async throws -> Void
    ) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: logger)
            try await running(store, headLifetime: headLifetime, body)
            await store.close()
        }
    }

    /// Says only what nobody expects.
    static var logger: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    private static func running(
        _ store: any RegistryStore, headLifetime: Duration = .seconds(1), checks: [any ChangeCheck] = [],
        requestDeadline: Duration = .seconds(60), _ body: @escaping @Sendable (Registry) async throws -> Void
    ) async throws {
        var options = RegistryOptions()
        options.requestDeadline = requestDeadline
        options.healthTimeLimit = .seconds(60)
        options.headLifetime = headLifetime
        // There is no other registry.
        options.settleSchema = {}
        let registry = Registry(
            store: store, bus: InProcessBus(), options: options, patterns: RE2Patterns(), checks: checks,
            logger: logger)
        try await registry.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await registry.run() }
            try await body(registry)
            group.cancelAll()
        }
    }

    private static func serve(
        _ registry: Registry, _ gate: any RequestGate, _ setup: TestingSetup, _ options: RegistryServerOptions,
        _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void
    ) async throws {
        let application = RegistryServer.buildApplication(
            registry: registry, gate: gate, options: options, logger: logger)
        try await application.test(setup) { client in try await test(client) }
    }
}
