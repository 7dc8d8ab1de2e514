import AsyncSupport
public import ConfigModel
import WatcherCore

extension ConfigWatcher {
    /// Waits until a version, or a newer one, runs: after it was published, for example. The document is read at once, so that
    /// nothing has to be announced for it.
    ///
    /// - Parameters:
    ///   - version: its number; with overlay that of the environment's document.
    ///   - epoch: the history that it was published in; nil for the one that is followed.
    ///   - limit: how long to wait.
    /// - Returns: what runs then.
    /// - Throws: `WatcherError` with code `rejected` as soon as it was refused and is not tried again, `timedOut` when it did
    ///   not run in time, `notRunning` when the watcher ended; `CancellationError` when the task is cancelled.
    @discardableResult
    public func waitFor(
        version: Int64, epoch: Epoch? = nil, within limit: Duration = .seconds(30)
    ) async throws -> Snapshot<Value> {
        let outcomes = outcomes
        if let snapshot = try settled(version, epoch) { return snapshot }
        do {
            return try await withTimeout(limit) {
                async let read = try? self.reload(trigger: .manual)
                for await _ in outcomes {
                    if let snapshot = try self.settled(version, epoch) { return snapshot }
                }
                _ = await read
                try Task.checkCancellation()
                throw WatcherError(.notRunning, "The watcher of \(self.key) stopped before version \(version) ran.")
            }
        } catch is TimeoutError {
            throw WatcherError(.timedOut, missing(version, within: limit))
        }
    }

    /// What runs, when it is the wanted version or a newer one; nil while that is open.
    private func settled(_ version: Int64, _ epoch: Epoch?) throws(WatcherError) -> Snapshot<Value>? {
        // What runs is published before the decisions say so.
        let progress = pipeline.inspect { $0.progress(to: version, epoch: epoch) }
        switch progress {
        case .runs: return current
        case .open: return nil
        case .refused(let refused, let reason):
            let which = refused == version ? "" : " (version \(refused), which came after it)"
            throw WatcherError(.rejected, "Version \(version) of \(key) was refused\(which): \(reason)")
        }
    }

    private func missing(_ version: Int64, within limit: Duration) -> String {
        let running = pipeline.inspect { $0.runningVersion }.map { "version \($0) runs" } ?? "nothing runs"
        let reason = health.reason.map { " \($0)" } ?? ""
        return "Version \(version) of \(key) did not run within \(limit.words); \(running).\(reason)"
    }
}
