import ConfigRegistry
import ConfigStore
import EventBus
import Logging
import RegistryServer
import ServiceLifecycle

/// A registry of the same parts as `serve`, inside this process.
struct BenchRegistry: Sendable {
    let registry: Registry
    /// `http://...`
    let url: String

    /// Runs `body` with a registry, which is shut down afterwards.
    static func run<Result: Sendable>(
        _ ground: BenchEnvironment, _ plan: BenchPlan, _ ledger: UpdateRecorder,
        _ body: @escaping @Sendable (BenchRegistry) async throws -> Result
    ) async throws -> Result {
        let store = try await ServeStore.open(ground.settings, logger: ground.logger)
        do {
            let result = try await run(store, ground, plan, ledger, body)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    private static func run<Result: Sendable>(
        _ store: any VersionStore, _ ground: BenchEnvironment, _ plan: BenchPlan, _ ledger: UpdateRecorder,
        _ body: @escaping @Sendable (BenchRegistry) async throws -> Result
    ) async throws -> Result {
        let settings = ground.settings
        let bus = try ServeBus(settings, logger: ground.logger)
        let registry = Registry(
            store: store, bus: MeasuringBus(bus: bus.bus, ledger: ledger, isWatched: false),
            options: settings.registryOptions,
            signer: plan.signer, logger: ground.logger)
        try await registry.start()
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let server = try RegistryServer.buildApplication(
            registry: registry, options: settings.serverOptions(), logger: ground.logger
        ) { port in listening.yield(port) }
        let group = ServiceGroup(
            services: bus.services + [registry, server], gracefulShutdownSignals: [], logger: ground.logger)
        // Not a child, because it is to end in good order also when this task is cancelled.
        let running = Task {
            defer { listening.finish() }
            do {
                try await group.run()
            } catch {
                ledger.fail(error)
                throw error
            }
        }
        do {
            var result: Result?
            for await port in ports {
                let url = "http://\(settings.authority(port: port))"
                result = try await body(BenchRegistry(registry: registry, url: url))
                break
            }
            await group.triggerGracefulShutdown()
            try await running.value
            guard let result else { throw CommandFailure.unreachable("The registry under test ended too early.") }
            return result
        } catch {
            await group.triggerGracefulShutdown()
            _ = await running.result
            throw error
        }
    }
}
