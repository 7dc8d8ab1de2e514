import CoreMetrics
import WatcherCore

/// The names of metrics.
enum MetricName {
    static let reloads = "configbus_watcher_reloads_total"
    static let duration = "configbus_watcher_reload_duration_seconds"
    static let staleness = "configbus_watcher_staleness_seconds"
    static let version = "configbus_watcher_version"
    static let events = "configbus_watcher_events_total"
    static let failures = "configbus_watcher_source_failures_total"
    static let stuck = "configbus_watcher_handlers_stuck"
    static let setWaits = "configbus_watcher_set_waits_total"
}

/// What a watcher counted of its events.
struct EventCounts: Sendable {
    private static let kinds = [
        "received", "duplicate", "out_of_order", "replaced_epoch", "foreign_epoch", "unproven", "conflict",
        "refused_signature",
        "debounced",
    ]

    private var events = Array(repeating: 0, count: kinds.count)
    private var failedReads = 0
    private var setWaits = 0

    init() {}

    init(_ statistics: WatcherStatistics) {
        events = [
            statistics.events, statistics.duplicates, statistics.outOfOrder, statistics.smallerEpochs,
            statistics.foreignEpochs, statistics.unprovenEvents, statistics.conflicts, statistics.refusedSignatures,
            statistics.debouncedEvents,
        ]
        failedReads = statistics.failedRegistryReads
        setWaits = statistics.setWaits
    }

    /// Adds what a watcher counted since the last time.
    mutating func add(_ counts: EventCounts, since before: EventCounts?) {
        for index in events.indices { events[index] += counts.events[index] - (before?.events[index] ?? 0) }
        failedReads += counts.failedReads - (before?.failedReads ?? 0)
        setWaits += counts.setWaits - (before?.setWaits ?? 0)
    }

    func report(to factory: any MetricsFactory) {
        for (kind, count) in zip(Self.kinds, events) {
            MetricName.events.increment(by: count, [("kind", kind)], factory)
        }
        MetricName.failures.increment(by: failedReads, [("source", "registry")], factory)
        MetricName.setWaits.increment(by: setWaits, [], factory)
    }
}

/// What was counted of the source, for all watchers together.
struct SourceCounts: Sendable {
    private var interruptions = 0
    private var unreadable = 0
    private var refused = 0

    init() {}

    init(_ statistics: WatcherStatistics) {
        interruptions = statistics.interruptions
        unreadable = statistics.unreadableEvents
        refused = statistics.refusedMessages
    }

    func report(since before: SourceCounts, to factory: any MetricsFactory) {
        MetricName.failures.increment(by: interruptions - before.interruptions, [("source", "events")], factory)
        MetricName.events.increment(by: unreadable - before.unreadable, [("kind", "unreadable")], factory)
        MetricName.events.increment(by: refused - before.refused, [("kind", "refused")], factory)
    }
}

extension String {
    /// The counter of this name exists from the first report on, also while it is 0.
    fileprivate func increment(by amount: Int, _ dimensions: [(String, String)], _ factory: any MetricsFactory) {
        Counter(label: self, dimensions: dimensions, factory: factory).increment(by: max(amount, 0))
    }
}
