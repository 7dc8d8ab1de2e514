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
        _ environment: BenchEnvironment, _ plan: BenchPlan, _ recorder: UpdateRecorder,
        _ body: @escaping @Sendable (BenchRegistry) async throws -> Result
    ) async throws -> Result {
        let store = try await FloorStore.open(environment.servers, logger: environment.logger).store
        do {
            let result = try await run(store, environment, plan, recorder, body)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }

    private static func run<Result: Sendable>(
        _ store: any RegistryStore, _ environment: BenchEnvironment, _ plan: BenchPlan, _ recorder: UpdateRecorder,
        _ body: @escaping @Sendable (BenchRegistry) async throws -> Result
    ) async throws -> Result {
        let (bus, services) = try environment.servers.bus(logger: environment.logger)
        let registry = Registry(
            store: store, bus: MeasuringBus(bus: bus, recorder: recorder, isWatched: false),
            options: environment.registryOptions,
            signer: plan.signer, logger: environment.logger)
        try await registry.start()
        let (ports, listening) = AsyncStream<Int>.makeStream()
        let server = try RegistryServer.buildApplication(
            registry: registry, options: environment.serverOptions, logger: environment.logger
        ) { port in listening.yield(port) }
        let group = ServiceGroup(
            services: services + [registry, server], gracefulShutdownSignals: [], logger: environment.logger)
        // Not a child, because it is to end in good order also when this task is cancelled.
        let running = Task {
            defer { listening.finish() }
            do {
                try await group.run()
            } catch {
                recorder.fail(error)
                throw error
            }
        }
        do {
            var result: Result?
            for await port in ports {
                let host = environment.serverOptions.host
                let scheme = environment.serverOptions.tls == nil ? "http" : "https"
                let url = "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)"
                result = try await body(BenchRegistry(registry: registry, url: url))
                break
            }
            await group.triggerGracefulShutdown()
            try await running.value
            guard let result else { throw BenchError("The registry under test ended too early.") }
            return result
        } catch {
            await group.triggerGracefulShutdown()
            _ = await running.result
            throw error
        }
    }
}
