import ConfigModel
import CoreMetrics
import MetricsTestKit
import RegistrySource
import TestSupport
import Testing

@testable import ConfigWatcher

/// What an application's metrics say of its watchers.
@Suite(.timeLimit(.minutes(1))) struct WatcherMetricsTests {
    private let metrics = TestMetrics()

    private func options(_ naming: WatcherMetrics.Naming = .automatic) -> WatcherOptions {
        var options = WatcherOptions()
        options.metrics = WatcherMetrics(factory: metrics, naming: naming)
        return options
    }

    private func reloads(_ document: String, _ outcome: String) -> Int64 {
        metrics.counterTotal(
            label: "configbus_watcher_reloads_total", dimensions: [("document", document), ("outcome", outcome)])
    }

    private func gauge(_ name: String, _ document: String) throws -> Double? {
        try metrics.expectGauge("configbus_watcher_\(name)", [("document", document)]).lastValue
    }

    /// A watcher that applied version 1 and rejected version 2; metrics are looked at while it runs.
    private func withTwoVersions(_ options: WatcherOptions, _ body: (ConfigWatcher<Numbered>) throws -> Void)
        async throws
    {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: options)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish(#"{"n":"none"}"#))
            _ = try await outcome(.rejected, 2, in: &outcomes)
            try body(watcher)
        }
    }

    @Test func versionsAreCountedByWhatBecameOfThem() async throws {
        try await withTwoVersions(options()) { _ in
            #expect(reloads("parsing/prod", "applied") == 1 && reloads("parsing/prod", "rejected") == 1)
            let version = try gauge("version", "parsing/prod")
            #expect(version == 1)
        }
    }

    @Test(arguments: ["load", "validate", "apply", "total"])
    func eachPhaseOfAReloadIsTimed(_ phase: String) async throws {
        try await withTwoVersions(options()) { _ in
            let timer = try metrics.expectTimer("configbus_watcher_reload_duration_seconds", [("phase", phase)])
            #expect(timer.values.count == 2)
        }
    }

    @Test func withTotalsNoMetricNamesADocument() async throws {
        try await withTwoVersions(options(.totals)) { watcher in
            watcher.engine.metrics?.sample([watcher.pipeline.figures])
            #expect(reloads("", "applied") == 1 && reloads("parsing/prod", "applied") == 0)
            let staleness = try gauge("staleness_seconds", "")
            #expect(staleness != nil)
            let named = (metrics.recorders.map(\.dimensions) + metrics.counters.map(\.dimensions)).joined()
                .filter { $0.0 == "document" }
            #expect(named.allSatisfy { $0.1.isEmpty })
        }
    }

    @Test func whatIsSampledGrowsByWhatHappenedSince() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: options())
        var outcomes = watcher.outcomes.makeAsyncIterator()
        let received = { [metrics] in
            metrics.counterTotal(label: "configbus_watcher_events_total", dimensions: [("kind", "received")])
        }
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            watcher.engine.metrics?.sample([watcher.pipeline.figures])
            let before = received()
            try await scene.publish(try history.publish(#"{"n":2}"#))
            _ = try await outcome(.applied, 2, in: &outcomes)
            watcher.engine.metrics?.sample([watcher.pipeline.figures])
            watcher.engine.metrics?.sample([watcher.pipeline.figures])
            #expect(received() == before + 1)
            let stuck = try gauge("handlers_stuck", "parsing/prod")
            #expect(stuck == 0)
        }
    }

    @Test(arguments: [(100, "s1/prod"), (101, "")])
    func groupsAboveAHundredDocumentsDoNotNameThem(_ count: Int, _ document: String) async throws {
        let group = WatcherGroup(reading: ScriptedRegistry(), events: .polling(every: .seconds(60)), options: options())
        let watchers = try (1...count).map { try group.watch(Numbered.self, key: "s\($0)/prod") }
        let first = try #require(watchers.first)
        // A group that is gone follows nothing.
        withExtendedLifetime(group) {
            first.engine.metrics?.report(Outcome(key: first.key, version: 7, epoch: nil, kind: .applied))
        }
        #expect(reloads(document, "applied") == 1)
    }

    @Test func whatCountsAreTheDocumentsThatAreFollowedNowNotThoseThatEverWere() throws {
        let group = WatcherGroup(reading: ScriptedRegistry(), events: .polling(every: .seconds(60)), options: options())
        let watchers = try (1...101).map { try group.watch(Numbered.self, key: "s\($0)/prod") }
        try withExtendedLifetime(group) {
            let (first, last) = (watchers[0], watchers[100])
            let reporter = try #require(first.engine.metrics)
            reporter.sample([first.pipeline.figures])
            let total = try gauge("handlers_stuck", "")
            reporter.finish(last.pipeline.figures)
            reporter.sample([first.pipeline.figures])
            let named = try gauge("handlers_stuck", "s1/prod")
            #expect(total == 0 && named == 0)
            #expect(throws: TestMetricsError.self) { try gauge("handlers_stuck", "") }
        }
    }

    @Test func withoutMetricsNothingIsReported() async throws {
        var options = WatcherOptions()
        options.metrics = nil
        try await withTwoVersions(options) { watcher in
            #expect(watcher.engine.metrics == nil)
        }
    }
}
