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

    /// Waits until something runs and returns it.
    ///
    /// - Throws: `WatcherError` with code `notRunning` when `run()` ends before, `CancellationError` when the task is
    ///   cancelled.
    public func ready() async throws -> Snapshot<Value> {
        let outcomes = outcomes
        if current.value != nil { return current }
        for await _ in outcomes where current.value != nil { return current }
        try Task.checkCancellation()
        throw WatcherError(.notRunning, "The watcher of \(key) stopped before anything ran.")
    }
}
