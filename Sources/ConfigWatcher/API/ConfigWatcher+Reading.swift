import AsyncSupport
import ConfigModel
public import WatcherCore

extension ConfigWatcher {
    /// What runs at this moment. Reading it takes tens of nanoseconds.
    public var current: Snapshot<Value> { reloader.current }

    /// The value at a path of what runs, or the default when there is none or it is of another type.
    ///
    /// ```swift
    /// let port = watcher.get("db.port", default: 5432)
    /// ```
    ///
    /// Take `current` once when several values have to fit together.
    public func get<Wanted: ConfigReadable>(_ path: ConfigPath, default fallback: Wanted) -> Wanted {
        current.get(path, default: fallback)
    }

    /// What the watcher does with versions, from now on until `run()` ends.
    ///
    /// Each use is a sequence of its own. A reader that falls behind by some thousands misses the oldest.
    public var outcomes: AsyncStream<Outcome> { pipeline.outcomes.outcomes() }

    /// What the watcher is doing.
    public var state: WatcherState { pipeline.watcherState(staleAfter: staleLimit) }

    /// The numbers that the watcher keeps.
    public var statistics: WatcherStatistics { pipeline.statistics }

    /// Waits until something runs and returns it: also when the first version is rejected, for the next one. Before `run()` it
    /// waits for that, too, and after two seconds the log says so.
    ///
    /// - Parameter limit: how long to wait; nil is as long as it takes.
    /// - Throws: `WatcherError` with code `timedOut`, which says why nothing runs, or `notRunning` when `run()` ends before;
    ///   `CancellationError` when the task is cancelled.
    public func ready(within limit: Duration? = nil) async throws -> Snapshot<Value> {
        guard let limit else { return try await firstSnapshot() }
        do {
            return try await withTimeout(limit) { try await self.firstSnapshot() }
        } catch is TimeoutError {
            let reason = health.reason.map { ": \($0)" } ?? "."
            throw WatcherError(.timedOut, "Nothing of \(key) runs after \(limit.words)\(reason)")
        }
    }

    private func firstSnapshot() async throws -> Snapshot<Value> {
        engine.expectRun(of: key)
        let outcomes = outcomes
        if current.value != nil { return current }
        for await _ in outcomes where current.value != nil { return current }
        try Task.checkCancellation()
        throw WatcherError(.notRunning, "The watcher of \(key) stopped before anything ran.")
    }
}
