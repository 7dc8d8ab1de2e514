public import CoreMetrics

/// What watchers report to the application's metrics (swift-metrics).
///
/// | metric | |
/// |---|---|
/// | `configbus_watcher_reloads_total{document,outcome}` | what became of versions: `applied`, `rejected`, `rolled_back`, `deleted` |
/// | `configbus_watcher_reload_duration_seconds{phase}` | how long reloads took: `load`, `validate`, `apply`, `total` |
/// | `configbus_watcher_version{document}` | the version that runs |
/// | `configbus_watcher_staleness_seconds{document}` | the age of the last proof that the newest version is known; of all documents the oldest where they are not named |
/// | `configbus_watcher_events_total{kind}` | events: `received` are all, the other kinds those of them that changed nothing, and why |
/// | `configbus_watcher_source_failures_total{source}` | reads of the `registry` that failed, and losses of the `events` |
/// | `configbus_watcher_handlers_stuck` | handlers that have not returned from an earlier version |
/// | `configbus_watcher_set_waits_total` | times that a version waited for the others of its change set |
///
/// Reloads are reported when they end, everything else every `interval`. No value of a document is in any of them.
public struct WatcherMetrics: Sendable {
    /// Whether metrics name the document that they are about. Where they do not, `document` is empty.
    public enum Naming: Sendable {
        /// Each document in groups of up to 100, none in larger ones.
        case automatic
        /// Each document.
        case documents
        /// None.
        case totals
    }

    /// Where they go; nil is what `MetricsSystem.bootstrap` was given.
    public var factory: (any MetricsFactory)?
    /// Whether they name the document.
    public var naming: Naming
    /// How often what changes by itself is reported.
    public var interval: Duration

    /// Describes what is reported, and where.
    public init(
        factory: (any MetricsFactory)? = nil, naming: Naming = .automatic, interval: Duration = .seconds(15)
    ) {
        self.factory = factory
        self.naming = naming
        self.interval = interval
    }
}
