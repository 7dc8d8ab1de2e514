import ConfigModel
public import ServiceLifecycle
import WatcherCore

/// Keeps the secrets of a watcher current; made by `ConfigWatcher.refreshSecrets(every:)`.
public struct SecretRefresh: Service {
    let interval: Duration
    /// What is found now, if it is something else than what runs.
    let changes: @Sendable () async -> [Result<String, SecretError>]?
    let reload: @Sendable () async throws -> Void

    /// Runs until the task is cancelled or the service group shuts down.
    ///
    /// - Throws: `WatcherError` with code `notRunning` when the watcher stopped, `invalidOptions` when it would never pause.
    public func run() async throws {
        guard interval > .zero else {
            throw WatcherError(
                .invalidOptions, "refreshSecrets(every:) has to be longer than nothing, not \(interval.words).")
        }
        try await cancelWhenGracefulShutdown {
            var tried: [Result<String, SecretError>]?
            while !Task.isCancelled {
                do {
                    try await Task.sleep(for: interval)
                } catch {
                    return
                }
                let found = await changes()
                if let found, found != tried { try await reload() }
                tried = found
            }
        }
    }
}
