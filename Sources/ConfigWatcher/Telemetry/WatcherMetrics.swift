public import CoreMetrics

/// What watchers report to the application's metrics (swift-metrics).
///
/// | metric | |
/// |---|---|
/// | `configbus_watcher_reloads_total{document,outcome}` | what became of versions: `applied`, `rejected`, `rolled_back`, `deleted` |
/// | `configbus_watcher_reload_duration_seconds{phase}` | how long reloads took: `load`, `validate`, `apply`, `total` |
/// | `configbus_watcher_version{document}` | the version that runs |
/// | `configbus_watcher_staleness_seconds{document}` | the age of the last proof that the newest version is known; of all documents the oldest where they are not named |
/// | `configbus_watcher_events_total{kind}` | events, by the kinds below |
/// | `configbus_watcher_source_failures_total{source}` | reads of the `registry` that failed, and losses of the `events` |
/// | `configbus_watcher_handlers_stuck{document}` | handlers that have not returned from an earlier version |
/// | `configbus_watcher_set_waits_total` | times that a version waited for the others of its change set |
///
/// The kinds of events are `received` for what a bus announced or the registry's stream sent, of which may be counted again `duplicate`, `out_of_order`,
/// `replaced_epoch`, `foreign_epoch`, `unproven`, `conflict`, `refused_signature` (of the last four also what was read) and
/// `debounced`; and, not part of `received`, messages that are `unreadable` as events or `refused` because of the way they came.
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
