import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher

@Suite("Controlling a watcher", .timeLimit(.minutes(1)))
struct ConfigWatcherControlTests {
    /// A watcher that runs versions 1 to `count`.
    private func withWatcher(
        versions count: Int, _ body: (ConfigWatcher<Numbered>, WatcherScene, inout TestHistory) async throws -> Void
    ) async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            for version in 2..<(count + 1) {
                try await scene.publish(try history.publish("{\"n\":\(version)}"))
                _ = try await outcome(.applied, Int64(version), in: &outcomes)
            }
            try await body(watcher, scene, &history)
        }
    }

    @Test func reloadReadsTheRegistryAtOnce() async throws {
        try await withWatcher(versions: 2) { watcher, scene, history in
            #expect(try await watcher.reload() == nil)
            scene.registry.set(try history.publish("{\"n\":3}"))
            #expect(try await watcher.reload()?.version == 3)
            #expect(watcher.current.value == Numbered(n: 3))
        }
    }

    @Test func reloadFailsWithTheReasonWhenTheRegistryIsAway() async throws {
        try await withWatcher(versions: 2) { watcher, scene, _ in
            scene.registry.isReachable = false
            await #expect(throws: WatcherError.self) { try await watcher.reload() }
            #expect(watcher.current.version == 2)
        }
    }

    @Test func aForcedReloadLoadsWhatRunsOnceMore() async throws {
        try await withWatcher(versions: 2) { watcher, _, _ in
            let log = CallLog()
            watcher.onReload("log") { old, new in log.add("\(old?.n ?? 0)>\(new.n)") }
            let outcome = try await watcher.reload(force: true)
            #expect(outcome?.version == 2)
            #expect(log.entries == ["2>2"])
        }
    }

    @Test func aRollbackPinsAnEarlierVersionUntilANewerOneIsPublished() async throws {
        try await withWatcher(versions: 4) { watcher, scene, history in
            #expect(watcher.backups.map(\.version) == [1, 2, 3, 4])
            let outcome = try await watcher.rollback(to: .version(2))
            #expect(outcome?.kind == .rolledBack && outcome?.version == 2)
            #expect(watcher.current.value == Numbered(n: 2) && watcher.state == .pinned)
            try await scene.announce(history.event(4))
            #expect(try await watcher.reload() == nil)
            #expect(watcher.current.version == 2)
            try await scene.publish(try history.publish("{\"n\":5}"))
            try await eventually("unpinned") { watcher.current.version == 5 }
            #expect(watcher.state == .current && watcher.statistics.rollbacks == 1)
        }
    }

    @Test func rollbackToTheFirstVersionOfTheRunAndOutOfItByForce() async throws {
        try await withWatcher(versions: 8) { watcher, _, _ in
            #expect(watcher.backups.map(\.version) == [4, 5, 6, 7, 8])
            await #expect(throws: WatcherError.self) { try await watcher.rollback(to: .version(1)) }
            let first = try await watcher.rollback(to: .initial)
            #expect(first?.version == 1)
            let newest = try await watcher.reload(force: true)
            #expect(newest?.version == 8)
            #expect(watcher.state == .current)
        }
    }

    @Test func whilePausedNothingIsAppliedResumingAppliesTheNewest() async throws {
        try await withWatcher(versions: 1) { watcher, scene, history in
            watcher.pause()
            for version in 2...4 { try await scene.publish(try history.publish("{\"n\":\(version)}")) }
            #expect(try await watcher.reload() == nil)
            #expect(watcher.current.version == 1 && watcher.state == .paused)
            watcher.resume()
            try await eventually("resumed") { watcher.current.version == 4 }
            #expect(watcher.statistics.reloads == 2)
        }
    }

    @Test func aDeletionIsReportedAndTheLastValueRunsOn() async throws {
        try await withWatcher(versions: 2) { watcher, scene, history in
            var outcomes = watcher.outcomes.makeAsyncIterator()
            try await scene.publish(try history.delete())
            _ = try await outcome(.deleted, 3, in: &outcomes)
            #expect(watcher.current.value == Numbered(n: 2))
            try await scene.publish(try history.publish("{\"n\":4}"))
            _ = try await outcome(.applied, 4, in: &outcomes)
        }
    }

    @Test func aGracefulShutdownFinishesTheReloadUnderWayAndBeginsNoOther() async throws {
        let history = try TestHistory.numbered(3)
        let scene = WatcherScene(history.version(1))
        let watcher = try scene.watcher()
        let door = Door()
        let log = CallLog()
        watcher.onReload("slow", timeout: .seconds(30)) { _, new in
            log.add("\(new.n)")
            if new.n == 2 { await door.wait() }
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        let run = Task { try await watcher.run() }
        _ = try await outcome(.applied, 1, in: &outcomes)
        try await scene.publish(history.version(2))
        try await eventually("reloading") { log.entries.last == "2" }
        try await scene.publish(history.version(3))
        watcher.engine.stop()
        door.open()
        try await run.value
        #expect(watcher.current.version == 2 && watcher.state == .stopped)
        #expect(log.entries == ["1", "2"])
    }

    @Test func aCancellationGivesUpTheReloadUnderWayWithoutAVerdictAboutTheVersion() async throws {
        let history = try TestHistory.numbered(2)
        let scene = WatcherScene(history.version(1))
        let watcher = try scene.watcher()
        let log = CallLog()
        watcher.onReload("slow", timeout: .seconds(600)) { _, new in
            log.add("\(new.n)")
            if new.n == 2 { try await Task.sleep(for: .seconds(600)) }
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        let run = Task { try await watcher.run() }
        _ = try await outcome(.applied, 1, in: &outcomes)
        try await scene.publish(history.version(2))
        try await eventually("reloading") { log.entries.last == "2" }
        run.cancel()
        try await run.value
        #expect(watcher.current.version == 1)
        await #expect(throws: OutcomesEnded.self) { try await outcome(.rejected, 2, in: &outcomes) }
    }

    @Test func aHandlerThatWasStuckIsBroughtBackToWhatRunsWhenItReturns() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher()
        let door = Door()
        let log = CallLog()
        watcher.onReload("deaf", timeout: .milliseconds(40)) { old, new in
            log.add("\(old?.n ?? 0)>\(new.n)")
            if old?.n == 1, new.n == 2 { await door.wait() }
        }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish("{\"n\":2}"))
            let rejected = try await outcome(.rejected, 2, in: &outcomes)
            #expect(rejected.handlers.map(\.description) == ["deaf: timeout"])
            #expect(watcher.statistics.stuckHandlers == ["deaf"])
            door.open()
            try await eventually("brought back") { log.entries.last == "2>1" }
            try await eventually("free again") { watcher.statistics.stuckHandlers.isEmpty }
            try await scene.publish(try history.publish("{\"n\":3}"))
            _ = try await outcome(.applied, 3, in: &outcomes)
            #expect(log.entries == ["0>1", "1>2", "2>1", "1>3"])
        }
    }
}
