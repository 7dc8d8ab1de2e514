import ConfigModel
import Logging
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// What a watcher does that was given nothing but a key and a source.
@Suite("Without any option", .timeLimit(.minutes(1)))
struct NewcomerTests {
    private struct Pool: Decodable, Sendable, Equatable {
        let maxConnections: Int
    }

    private static func content(_ count: Int) -> String { "{\"max_connections\":\(count)}" }

    @Test func theDefaultsAreThoseThatAreDocumented() {
        let options = WatcherOptions()
        #expect(options.keys == .convertFromSnakeCase && options.deletion == .keepLast && options.retry == .none)
        #expect(options.staleness == .serve && options.validationTimeout == .seconds(5))
        #expect(options.history == 100 && options.goodVersions == 5 && !options.goodVersionsOnDisk)
        #expect(Logger.watcher.label == "configbus.watcher")
    }

    @Test func itLogsEachVersionARejectedOneAsAWarningWithItsReasonAndAMissingDocumentOnce() async throws {
        let log = LogRecorder()
        let scene = WatcherScene()
        var history = try TestHistory()
        let watcher = ConfigWatcher<Pool>(
            key: history.key, reading: scene.registry, events: .polling(every: .milliseconds(10)), logger: log.logger)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            try await eventually("read again and again") { scene.registry.reads.count > 5 }
            scene.registry.set(try history.publish(Self.content(7)))
            _ = try await outcome(.applied, 1, in: &outcomes)
            scene.registry.set(try history.publish("{}"))
            _ = try await outcome(.rejected, 2, in: &outcomes)
        }
        #expect(log.lines.map(\.level) == [.warning, .info, .warning])
        #expect(log.lines[0].message == "there is no such document; it is applied as soon as it is published")
        #expect(log.reasons(.warning).last == "/max_connections is missing.")
        #expect(watcher.current.value == Pool(maxConnections: 7))
    }

    @Test func oldIsNilAtTheFirstLoadAndNeverAgain() async throws {
        var history = try TestHistory(contents: [Self.content(1)])
        let scene = WatcherScene(history.head)
        let watcher = ConfigWatcher<Pool>(key: history.key, reading: scene.registry, events: .bus(scene.bus))
        let log = CallLog()
        watcher.onReload("log") { old, new in
            log.add("\(old.map { "\($0.maxConnections)" } ?? "nil")>\(new.maxConnections)")
            if new.maxConnections == 3 { throw WatcherError(.rejected, "no") }
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            for version in 2...4 {
                try await scene.publish(try history.publish(Self.content(version)))
                _ = try await outcome(version == 3 ? .rejected : .applied, Int64(version), in: &outcomes)
            }
            try await watcher.rollback()
            try await watcher.reload(force: true)
        }
        #expect(log.entries == ["nil>1", "1>2", "2>3", "3>2", "2>4", "4>2", "2>4"])
    }

    @Test func outcomesStatisticsAndHealthPrintAsAPersonReadsThem() throws {
        let key = try DocumentKey(parsing: "parsing/prod")
        let applied = Outcome(
            key: key, version: 7, epoch: nil, kind: .applied, latency: .milliseconds(40),
            times: ReloadTimes(total: .milliseconds(12)))
        #expect("\(applied)" == "parsing/prod version 7 applied in 12 ms, 40 ms after it was made")
        let rejected = Outcome(
            key: key, version: 8, epoch: nil, kind: .rejected, reason: "Refused by handler 'pool': no", attempt: 2,
            handlers: [HandlerOutcome(name: "log", result: .success), HandlerOutcome(name: "pool", result: .failed)])
        #expect(
            "\(rejected)"
                == "parsing/prod version 8 rejected, attempt 2; pool: failed: Refused by handler 'pool': no")
        var statistics = WatcherStatistics()
        statistics.reloads = 3
        statistics.successes = 2
        statistics.failures = 1
        statistics.averageReloadDuration = .milliseconds(4)
        statistics.slowReloadDuration = .milliseconds(9)
        statistics.events = 5
        statistics.registryReads = 2
        statistics.staleness = .seconds(3)
        #expect(
            "\(statistics)" == """
                3 reloads: 2 applied, 1 refused; 4 ms on average, 99 % within 9 ms. 5 events. 2 reads; known to be the \
                newest 3 s ago.
                """)
        let health = WatcherHealth(
            status: .degraded, state: .rejected, version: 7, rejectedVersion: 8, reason: "Refused by handler 'pool': no"
        )
        #expect("\(health)" == "degraded: version 7 runs, rejected: Refused by handler 'pool': no")
        #expect("\(WatcherState.current)" == "current")
    }
}
