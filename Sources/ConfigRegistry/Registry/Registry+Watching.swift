package import ConfigModel
import ConfigStore
import ServiceLifecycle

extension Registry {
    /// How many watches are open now.
    package var openWatches: Int { hub.count }

    /// Runs `body` with a watch, which first says every head that is not `known`, then `synced`, then what changes. The
    /// watch is over when `body` returns, or when the service that it runs in is to shut down.
    ///
    /// - Parameters:
    ///   - known: the versions that the caller has, in the present epoch.
    ///   - mayRead: says which of the matching documents the caller may see; nil for all of them.
    ///   - executor: does whatever changes the watch, and calls `onReady`.
    ///   - onReady: called whenever the watch has something to take, or is over, and had nothing before. It must neither
    ///     wait nor call the registry.
    /// - Throws: `RegistryError` before `body` is called, when the heads cannot be read; then whatever `body` throws.
    package func withWatch<Result: Sendable>(
        _ filter: WatchFilter, known: [DocumentKey: Int64] = [:], mayRead: (@Sendable (DocumentKey) -> Bool)? = nil,
        on executor: WatchExecutor,
        onReady: @escaping @Sendable () -> Void, _ body: (Watch) async throws -> Result
    ) async throws -> Result {
        let loader = loader
        let watch = Watch(
            filter: filter, executor: executor, maximumBytes: options.watchBytes, mayRead: mayRead, onReady: onReady
        ) { watch in
            // In a task of its own, because the task that takes from the watch must not wait; it ends with the store's time limit.
            Task { await loader.readOwed(by: watch) }
        }
        // In the hub first, so that nothing is missed between reading the heads and listening.
        hub.add(watch)
        defer { hub.remove(watch) }
        return try await withGracefulShutdownHandler {
            do throws(StoreError) {
                try await loader.load(watch, known: known)
            } catch {
                throw RegistryError(reading: error)
            }
            return try await body(watch)
        } onGracefulShutdown: {
            watch.close()
        }
    }
}
