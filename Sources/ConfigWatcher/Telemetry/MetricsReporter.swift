import ConfigModel
import CoreMetrics
import Synchronization
import WatcherCore

/// Reports what the watchers of one engine do. Without a factory that does something with it, it costs nothing.
final class MetricsReporter: Sendable {
    /// Groups up to this size name their documents unless they are configured otherwise.
    private static let namedDocuments = 100

    private struct State {
        /// What was reported of each watcher, by the watcher.
        var reported: [ObjectIdentifier: EventCounts] = [:]
        /// Of the source, which all watchers share.
        var source = SourceCounts()
        /// Of documents that are named, so that those of one that is gone go too.
        var gauges: [DocumentKey: [Gauge]] = [:]
        /// Of all documents together, while they are not named.
        var totals: [Gauge] = []
        var followed = 0
    }

    private let metrics: WatcherMetrics
    private let state = Mutex(State())

    init(_ metrics: WatcherMetrics) { self.metrics = metrics }

    /// Nil when nothing is done with what is reported.
    private var factory: (any MetricsFactory)? {
        let factory = metrics.factory ?? MetricsSystem.factory
        return factory is NOOPMetricsHandler ? nil : factory
    }

    /// There is one watcher more.
    func follow() { state.withLock { $0.followed += 1 } }

    /// A watcher has ended: what it counted since the last time is reported, and its gauges are gone.
    func finish(_ figures: @autoclosure () -> WatcherFigures) {
        state.withLock { $0.followed -= 1 }
        guard let factory else { return }
        let watcher = figures()
        var news = EventCounts()
        let (before, gauges) = state.withLock { state in
            (state.reported.removeValue(forKey: watcher.id), state.gauges.removeValue(forKey: watcher.key))
        }
        news.add(EventCounts(watcher.statistics), since: before)
        news.report(to: factory)
        for gauge in gauges ?? [] { gauge.destroy() }
    }

    /// One version was applied, or was not.
    func report(_ outcome: Outcome) {
        guard let factory else { return }
        Counter(
            label: MetricName.reloads,
            dimensions: [dimension(outcome.key), ("outcome", outcome.kind.rawValue)], factory: factory
        ).increment()
        if outcome.kind == .applied || outcome.kind == .rolledBack, isNamed {
            gauge(MetricName.version, outcome.key, factory).record(outcome.version)
        }
        guard let times = outcome.times else { return }
        for (phase, time) in [
            ("load", times.load), ("validate", times.validate), ("apply", times.apply), ("total", times.total),
        ] {
            Timer(label: MetricName.duration, dimensions: [("phase", phase)], factory: factory)
                .recordNanoseconds(Int64((time / .nanoseconds(1)).rounded()))
        }
    }

    /// Reports what changes by itself, every interval.
    func run(_ watchers: @Sendable () -> [WatcherFigures]) async {
        while factory != nil {
            sample(watchers())
            do {
                try await Task.sleep(for: max(metrics.interval, .seconds(1)))
            } catch {
                return
            }
        }
    }

    /// Reports what changed since the last time.
    func sample(_ watchers: [WatcherFigures]) {
        guard let factory else { return }
        var reported: [ObjectIdentifier: EventCounts] = [:]
        var (news, stuck, oldest) = (EventCounts(), 0, Duration.zero)
        let isNamed = isNamed
        let before = state.withLock { $0.reported }
        for watcher in watchers {
            let statistics = watcher.statistics
            let counts = EventCounts(statistics)
            reported[watcher.id] = counts
            news.add(counts, since: before[watcher.id])
            stuck += statistics.stuckHandlers.count
            if isNamed { gauge(MetricName.stuck, watcher.key, factory).record(statistics.stuckHandlers.count) }
            guard let staleness = statistics.staleness else { continue }
            oldest = max(oldest, staleness)
            if isNamed { gauge(MetricName.staleness, watcher.key, factory).record(staleness / .seconds(1)) }
        }
        state.withLock { $0.reported = reported }
        forgetGauges(named: !isNamed)
        if !isNamed {
            total(MetricName.staleness, factory).record(oldest / .seconds(1))
            total(MetricName.stuck, factory).record(stuck)
        }
        news.report(to: factory)
        if let statistics = watchers.first?.statistics {
            let counts = SourceCounts(statistics)
            state.withLock { state in
                counts.report(since: state.source, to: factory)
                state.source = counts
            }
        }
    }

    private var isNamed: Bool {
        switch metrics.naming {
        case .automatic: state.withLock { $0.followed } <= Self.namedDocuments
        case .documents: true
        case .totals: false
        }
    }

    /// Some back ends require the same names of labels of a metric each time: an empty one counts as none.
    private func dimension(_ key: DocumentKey?) -> (String, String) {
        ("document", isNamed ? key.map { "\($0)" } ?? "" : "")
    }

    private func total(_ label: String, _ factory: any MetricsFactory) -> Gauge {
        let gauge = Gauge(label: label, dimensions: [dimension(nil)], factory: factory)
        return state.withLock { state in
            if let known = state.totals.first(where: { $0.label == label }) { return known }
            state.totals.append(gauge)
            return gauge
        }
    }

    private func gauge(_ label: String, _ key: DocumentKey, _ factory: any MetricsFactory) -> Gauge {
        let gauge = Gauge(label: label, dimensions: [dimension(key)], factory: factory)
        return state.withLock { state in
            if let known = state.gauges[key]?.first(where: { $0.label == label }) { return known }
            state.gauges[key, default: []].append(gauge)
            return gauge
        }
    }

    /// Of the documents that were named before the group became large, or of all together before it became small.
    private func forgetGauges(named: Bool) {
        let gone = state.withLock { state in
            defer { if named { state.gauges = [:] } else { state.totals = [] } }
            return named ? Array(state.gauges.values.joined()) : state.totals
        }
        for gauge in gone { gauge.destroy() }
    }
}
