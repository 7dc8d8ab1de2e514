import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("Waiting for a version", .timeLimit(.minutes(1)))
struct WaitForTests {
    private let options = WatcherOptions(pollInterval: .seconds(3_600))

    /// A watcher that runs version 1.
    private func withWatcher(
        _ options: WatcherOptions? = nil,
        _ body: (ConfigWatcher<Numbered>, WatcherScene, inout TestHistory) async throws -> Void
    ) async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: options ?? self.options)
        watcher.onReload("even") { _, new in
            if new.n.isMultiple(of: 2) { throw WatcherError(.rejected, "no even numbers") }
        }
        try await running(watcher) {
            _ = try await watcher.ready()
            try await body(watcher, scene, &history)
        }
    }

    @Test func whatRunsOrIsOlderIsReachedWithoutARead() async throws {
        try await withWatcher { watcher, scene, _ in
            let reads = scene.registry.reads.count
            let snapshot = try await watcher.waitFor(version: 1)
            #expect(snapshot.version == 1)
            let older = try await watcher.waitFor(version: 0, epoch: TestHistory.firstEpoch)
            #expect(older.version == 1 && scene.registry.reads.count == reads)
        }
    }

    /// Nothing announces it, and the next poll is an hour away.
    @Test func afterAPublishItIsReadAtOnce() async throws {
        try await withWatcher { watcher, scene, history in
            scene.registry.set(try history.publish("{\"n\":3}"))
            let snapshot = try await watcher.waitFor(version: 2)
            #expect(snapshot.value == Numbered(n: 3))
            #expect(watcher.history(limit: 1).map(\.trigger) == [.manual])
        }
    }

    @Test func aRefusedVersionEndsItAtOnceWithTheReasonAlsoLater() async throws {
        try await withWatcher { watcher, scene, history in
            scene.registry.set(try history.publish("{\"n\":2}"))
            for _ in 1...2 {
                let error = await #expect(throws: WatcherError.self) {
                    try await watcher.waitFor(version: 2, within: .seconds(600))
                }
                #expect(error?.code == .rejected)
                #expect(
                    error?.message
                        == "Version 2 of parsing/prod was refused: Refused by handler 'even': no even numbers")
            }
        }
    }

    @Test func aVersionThatDoesNotComeIsTimedOutSayingWhatRuns() async throws {
        try await withWatcher { watcher, _, _ in
            let error = await #expect(throws: WatcherError.self) {
                try await watcher.waitFor(version: 7, within: .milliseconds(30))
            }
            #expect(error?.code == .timedOut)
            #expect(error?.message == "Version 7 of parsing/prod did not run within 30 ms; version 1 runs.")
        }
    }

    @Test func aVersionOfAnotherHistoryIsNotReachedByItsNumber() async throws {
        try await withWatcher { watcher, _, _ in
            let error = await #expect(throws: WatcherError.self) {
                try await watcher.waitFor(version: 1, epoch: TestHistory.secondEpoch, within: .milliseconds(30))
            }
            #expect(error?.code == .timedOut)
        }
    }

    @Test func whatIsTriedAgainIsWaitedFor() async throws {
        var options = options
        options.retry = .handlers(attempts: 3, from: .milliseconds(5), upTo: .milliseconds(20))
        let history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(options: options)
        let log = CallLog()
        watcher.onReload("third") { _, _ in
            log.add("")
            if log.entries.count < 3 { throw WatcherError(.rejected, "not yet") }
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            let snapshot = try await watcher.waitFor(version: 1, within: .seconds(30))
            #expect(snapshot.version == 1)
            let attempts = [
                try await outcome(.rejected, 1, in: &outcomes), try await outcome(.rejected, 1, in: &outcomes),
                try await outcome(.applied, 1, in: &outcomes),
            ]
            #expect(attempts.map(\.attempt) == [1, 2, 3])
            #expect(watcher.statistics.retries == 2)
        }
    }

    @Test func aWatcherThatEndsEndsIt() async throws {
        let scene = WatcherScene()
        let watcher = try scene.watcher(options: options)
        let run = Task { try await watcher.run() }
        let wait = Task { try await watcher.waitFor(version: 1, within: .seconds(600)) }
        try await eventually("reading") { scene.registry.reads.count > 0 }
        run.cancel()
        try await run.value
        let error = await #expect(throws: WatcherError.self) { try await wait.value }
        #expect(error?.code == .notRunning)
    }
}
