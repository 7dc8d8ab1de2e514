import ConfigModel
import EventBus
import Logging
import RegistryClient
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite("What a watcher waits for", .timeLimit(.minutes(1)))
struct WatchConditionsTests {
    /// Keeps the conditions of a group.
    private final class Reported: Sendable {
        private let conditions = Mutex<[WatchCondition]>([])

        var all: [WatchCondition] { conditions.withLock { $0 } }

        init(_ group: WatcherGroup) { group.observeConditions { self.add($0) } }

        private func add(_ condition: WatchCondition) { conditions.withLock { $0.append(condition) } }
    }

    private let log = LogRecorder()

    @Test func aDocumentThatDoesNotExistIsReportedOnceHoweverOftenItIsReadThenItIsApplied() async throws {
        let scene = WatcherScene()
        let group = WatcherGroup(reading: scene.registry, events: .polling(every: .milliseconds(20)))
        let reported = Reported(group)
        let watcher = try group.watch(Numbered.self, key: "parsing/prod")
        try await running(group) {
            try await eventually("read again and again") { scene.registry.reads.count > 5 }
            #expect(reported.all == [.missing(watcher.key)])
            scene.registry.set(try TestHistory.numbered(1).version(1))
            let value = try await watcher.ready().value
            #expect(value == Numbered(n: 1))
            #expect(reported.all == [.missing(watcher.key)])
        }
    }

    @Test func aRegistryThatIsAwayIsReportedOnceAndOnceThatItRespondsAgain() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        scene.registry.isReachable = false
        let group = WatcherGroup(reading: scene.registry, events: .polling(every: .milliseconds(20)))
        let reported = Reported(group)
        let watcher = try group.watch(Numbered.self, key: "parsing/prod")
        try await running(group) {
            try await eventually("read again and again") { scene.registry.reads.count > 5 }
            #expect(reported.all == [.registryAway(reason: "The registry cannot be reached.", cause: "unreachable")])
            scene.registry.isReachable = true
            _ = try await watcher.ready()
            #expect(reported.all.last == .registryBack && reported.all.count == 2)
        }
    }

    @Test func theRegistrysOwnStreamAwayIsReportedOnceNotOnceForTheStreamAndOnceForTheReads() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        scene.registry.isReachable = false
        let group = WatcherGroup(reading: scene.registry, events: .serverSentEvents)
        let reported = Reported(group)
        let watcher = try group.watch(Numbered.self, key: "parsing/prod")
        try await running(group) {
            try await eventually("read again and again") { scene.registry.reads.count > 2 }
            #expect(reported.all.count == 1)
            let reason = "The registry cannot be reached."
            try await eventually("nothing is announced") { watcher.statistics.sourceFailure == reason }
            scene.registry.isReachable = true
            _ = try await watcher.ready()
            try await eventually("back") { reported.all.last == .registryBack }
            try await eventually("announced again") { watcher.statistics.sourceFailure == nil }
            #expect(reported.all.count == 2)
        }
    }

    @Test(arguments: [
        (RegistryClientError.Code.unauthorized, Logger.Level.error), (.forbidden, .error), (.tlsFailed, .error),
        (.unreachable, .warning),
    ])
    func whatOnlyAPersonCanRepairIsOneLineAtErrorAndOneWhenItIsOver(
        code: RegistryClientError.Code, level: Logger.Level
    ) async throws {
        for events in [EventSource.serverSentEvents, .polling(every: .milliseconds(20))] {
            let log = LogRecorder()
            let scene = WatcherScene(try TestHistory.numbered(1).head)
            scene.registry.fail(RegistryClientError(code, "No."))
            let watcher = ConfigWatcher<Numbered>(
                key: try DocumentKey(parsing: "parsing/prod"), reading: scene.registry, events: events,
                logger: log.logger)
            try await running(watcher) {
                try await eventually("read again and again") { watcher.statistics.failedRegistryReads > 2 }
                #expect(watcher.state == .starting && watcher.statistics.lastFailure == "No.")
                #expect(log.lines.map(\.message) == ["the registry is away"] && log.lines[0].level == level)
                scene.registry.isReachable = true
                _ = try await watcher.ready()
                try await eventually("over") { log.lines.contains { $0.message == "the registry answers again" } }
                #expect(log.lines.filter { $0.message == "the registry is away" }.count == 1)
            }
        }
    }

    @Test func aBrokerThatWasNeverReachedIsReportedOnceWhilePollingHidesItAndIsPartOfTheStatistics() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let source = EventSource.bus(AbsentBus())
        let group = WatcherGroup(
            reading: scene.registry, events: source, options: WatcherOptions(pollInterval: .milliseconds(20)))
        let reported = Reported(group)
        let watcher = try group.watch(Numbered.self, key: "parsing/prod")
        try await running(group) {
            _ = try await watcher.ready()
            try await eventually("tried again") { watcher.statistics.interruptions > 2 }
            #expect(reported.all == [.sourceAway(reason: AbsentBus.reason)])
            #expect(watcher.statistics.sourceFailure == AbsentBus.reason)
        }
    }

    @Test func withoutAnObserverItIsLoggedARejectedVersionIsAWarningWithItsReasonAnAppliedOneIsNot() async throws {
        var history = try TestHistory(contents: ["{\"n\":\"no number\"}"])
        let scene = WatcherScene(history.head)
        let watcher = ConfigWatcher<Numbered>(
            key: history.key, reading: scene.registry, events: .bus(scene.bus), logger: log.logger)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            let reason = try await outcome(.rejected, 1, in: &outcomes).reason
            #expect(reason != nil && log.reasons(.warning) == [reason])
            try await eventually("subscribed") { scene.registry.reads.count >= 2 }
            try await scene.publish(try history.publish("{\"n\":2}"))
            _ = try await outcome(.applied, 2, in: &outcomes)
            #expect(log.lines.contains { $0.level == .info && $0.message == "a version was applied" })
            #expect(log.reasons(.warning).count == 1)
        }
    }

    @Test func aStartFromTheCacheIsAWarningThatSaysItsAge() async throws {
        let history = try TestHistory.numbered(2)
        let scene = WatcherScene()
        scene.registry.isReachable = false
        try await withTemporaryCache { directory in
            try CacheFile(directory: directory, key: history.key, isOverlay: false)
                .write(DocumentLayers(main: DocumentVersion(history.version(2))))
            let watcher = ConfigWatcher<Numbered>(
                key: history.key, reading: scene.registry, events: .bus(scene.bus), cache: .directory(directory),
                logger: log.logger)
            var outcomes = watcher.outcomes.makeAsyncIterator()
            try await running(watcher) {
                let reason = try await outcome(.applied, 2, in: &outcomes).reason
                #expect(reason?.contains("from the cache, last known to be the newest") == true)
                #expect(log.reasons(.warning).contains { $0 == reason })
            }
        }
    }

    @Test(arguments: [
        (0, "0 s"), (59, "59 s"), (60, "1 min"), (3_599, "59 min"), (3_600, "1 h"), (7_500, "2 h 5 min"),
        (86_400, "1 d"), (1_051_200, "12 d 4 h"), (-5, "0 s"),
    ])
    func agesAreWrittenAsAPersonSaysThem(seconds: Int, text: String) {
        #expect(Duration.seconds(seconds).asAge == text)
    }

    @Test func versionsThatAreNotAnnouncedAreOneOutageOfAllDocumentsTogetherWhichTheNextAnnouncementEnds() throws {
        let conditions = WatchConditions(logger: nil)
        let reported = Mutex<[WatchCondition]>([])
        conditions.observe { condition in reported.withLock { $0.append(condition) } }
        conditions.sourceStands(at: "test.changes")
        let (key, other) = (try DocumentKey(parsing: "parsing/prod"), try DocumentKey(parsing: "other/prod"))
        let first = WatchCondition.unannounced(key, version: 4, exchange: "test.changes")
        for key in [key, other, key] { conditions.unannounced(key, version: 4) }
        #expect(reported.withLock { $0 } == [first])
        conditions.announced()
        conditions.unannounced(key, version: 4)
        #expect(reported.withLock { $0 } == [first, first])
    }

    @Test func aGroupReadsEveryDocumentOnReload() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let group = WatcherGroup(reading: scene.registry, events: .polling(every: .seconds(3_600)))
        let watcher = try group.watch(Numbered.self, key: "parsing/prod")
        var outcomes = group.outcomes.makeAsyncIterator()
        try await running(group) {
            _ = try await watcher.ready()
            scene.registry.set(try history.publish("{\"n\":2}"))
            group.reload()
            _ = try await outcome(.applied, 2, in: &outcomes)
        }
    }
}

/// A bus that cannot be reached.
private struct AbsentBus: EventBus {
    static let reason = "The broker at localhost:1 cannot be reached."

    var status: BusStatus { .disconnected(reason: Self.reason) }
    var statusUpdates: AsyncStream<BusStatus> { AsyncStream { $0.finish() } }

    func publish(_ message: BusMessage) async throws(BusError) { throw BusError(.unavailable, Self.reason) }

    func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result { throw BusError(.unavailable, Self.reason) }
}
