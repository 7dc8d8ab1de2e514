public import WatcherCore

extension ConfigWatcher {
    /// The last operations, newest first: every attempt to apply a version, rollbacks, deletions, and what the source served
    /// and was refused. `WatcherOptions.history` says how many are kept.
    public func history(limit: Int = 100) -> [ReloadOperation] { pipeline.inspect { $0.history(limit: limit) } }

    /// Those operations of the history that took longer, newest first.
    public func slowOperations(over limit: Duration) -> [ReloadOperation] {
        history(limit: .max).filter { $0.times.total > limit }
    }

    /// Whether the watcher does what its application needs: `healthy`, `degraded` or `unhealthy`, and why.
    ///
    /// `health.json` is for the service's own endpoint. `WatcherOptions.staleness` says what age means.
    public var health: WatcherHealth {
        pipeline.health(staleAfter: staleLimit, loadedAt: current.loadedAt)
    }

    /// The versions that `rollback(to:)` can bring back; what `.previous` takes last stands first.
    public var backups: [GoodVersionFacts] { pipeline.inspect(\.goodVersions) }
}
