public import WatcherCore

extension ConfigWatcher {
    /// Reads the document now, and applies what is newer.
    ///
    /// - Parameter force: load the newest version in any case: also when it runs already, when it was rejected before, or
    ///   when an earlier one is pinned; also when the registry serves another store or a lower version than was proven. With
    ///   trusted keys it must still be signed.
    /// - Returns: what came of it; nil when there was nothing to do.
    /// - Throws: `WatcherError` when the source did not respond or was not verified, when there is nothing to load, or when
    ///   the watcher stopped; `CancellationError` when the task is cancelled. Before `run()` it waits for it, and after two
    ///   seconds the log says so.
    @discardableResult
    public func reload(force: Bool = false) async throws -> Outcome? {
        try await reload(force: force, trigger: .manual)
    }

    /// The same for another cause: the history names it.
    @discardableResult
    package func reload(force: Bool = false, trigger: ReloadTrigger) async throws -> Outcome? {
        engine.expectRun(of: key)
        return try await pipeline.tickets.result { ticket in
            pipeline.receive(.command(.reload(isForced: force, trigger: trigger, ticket: ticket)))
        }
    }

    /// Runs one of the last good versions again and pins it: it stays until a version is published that is newer than
    /// any seen, or until `reload(force: true)`. Other instances are not affected; for them roll back in the registry.
    ///
    /// `WatcherOptions.goodVersions` says how many are kept; `backups` has them.
    ///
    /// - Returns: what came of it: `rolledBack`, or `rejected` when a handler refused it.
    /// - Throws: `WatcherError` with code `unknownVersion` when the version is not kept.
    @discardableResult
    public func rollback(to target: RollbackTarget = .previous) async throws -> Outcome? {
        try await pipeline.tickets.result { ticket in
            pipeline.receive(.command(.rollback(to: target, ticket: ticket)))
        }
    }

    /// Why the newest version does not run, although nothing more is done about it; nil when it does.
    package var hindrance: String? { pipeline.inspect(\.hindrance) }

    /// Applies nothing until `resume()`, except what `reload(force: true)` or a rollback load. Versions are still
    /// proven, so that it is known what is newest.
    public func pause() { pipeline.receive(.command(.pause)) }

    /// Applies the newest version, if it does not run yet, and whatever comes.
    public func resume() { pipeline.receive(.command(.resume)) }
}
