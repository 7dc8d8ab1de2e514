import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("A watcher that waits for the end of a burst")
struct HeldReloadTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(9) }

    private func document(_ version: Int) -> DocumentVersion { DocumentVersion(history.version(version)) }

    /// The first version runs.
    private func running() throws -> ReloadState {
        var state = try ReloadState.make(debounce: .fixed(.milliseconds(100)), at: now)
        let outcomes = state.prove(history.version(1), verdict: .applied, at: now)
        try #require(outcomes.map(\.version) == [1], "the first load is not delayed")
        return state
    }

    @Test func aBurstIsLoadedOnceWhenItIsOver() throws {
        var state = try running()
        for version in 2...5 {
            let actions = state.prove(document(version), .main, at: now + .milliseconds(10 * version))
            #expect(actions.job == nil && state.heldUntil == now + .milliseconds(10 * version + 100))
        }
        #expect(state.tick(at: now + .milliseconds(149)).job == nil)
        let job = try #require(state.tick(at: now + .milliseconds(150)).job)
        #expect(job.layers.main?.version == 5 && state.heldUntil == nil)
        #expect(state.finish(job, .applied, at: now + .milliseconds(151)).job == nil)
    }

    @Test func whatComesDuringAReloadIsGatheredForTheNext() throws {
        var state = try running()
        _ = state.prove(document(2), .main, at: now)
        let job = try #require(state.tick(at: now + .milliseconds(100)).job)
        _ = state.prove(document(3), .main, at: now + .milliseconds(150))
        #expect(state.heldUntil == nil, "the end of the reload is waited for")
        #expect(state.finish(job, .applied, at: now + .milliseconds(200)).job == nil)
        #expect(state.heldUntil == now + .milliseconds(250))
        #expect(state.tick(at: now + .milliseconds(250)).job?.layers.main?.version == 3)
    }

    @Test func aDeletionIsReportedAtOnce() throws {
        var state = try running()
        var history = history
        let tombstone = DocumentVersion(try history.delete())
        #expect(state.prove(tombstone, .main, at: now).outcomes.map(\.kind) == [.deleted])
    }

    @Test func aVersionThatBringsAnEarlierOneBackIsLoadedAtOnce() throws {
        var state = try running()
        _ = state.prove(document(2), .main, at: now)
        var restored = document(3)
        restored.isRollback = true
        #expect(state.prove(restored, .main, at: now).job?.layers.main?.version == 3)
    }

    @Test func aLocalRollbackAndARequestedReloadAreDoneAtOnce() throws {
        var state = try running()
        _ = state.prove(document(2), .main, at: now)
        #expect(state.reload(isForced: false, trigger: .manual, ticket: 1, at: now).job?.layers.main?.version == 2)
        state = try running()
        _ = state.prove(document(2), .main, at: now)
        #expect(state.reload(isForced: true, trigger: .manual, ticket: 1, at: now).job?.layers.main?.version == 2)
        state = try running()
        _ = state.prove(document(2), .main, at: now)
        #expect(state.rollback(to: .version(1), ticket: 1, at: now).job?.kind == .rollback)
    }

    @Test func aRefreshOfAllDocumentsDoesNotWait() throws {
        var state = try running()
        _ = state.prove(document(2), .main, at: now)
        let job = try #require(state.hurry(.manual, at: now).job)
        _ = state.finish(job, .applied, at: now)
        #expect(state.prove(document(3), .main, at: now).job != nil, "what it reads is loaded at once")
    }

    @Test func aRefreshThatFindsNothingDelaysWhatComesLater() throws {
        var state = try running()
        _ = state.hurry(.manual, at: now)
        _ = state.foundNothingNewer(.main, at: now)
        #expect(state.prove(document(2), .main, at: now).job == nil && state.heldUntil != nil)
    }

    @Test func resumingLoadsWhatWasGatheredLongAgoAtOnce() throws {
        var state = try running()
        _ = state.pause(at: now)
        _ = state.prove(document(2), .main, at: now)
        #expect(state.heldUntil == nil, "nothing wakes a paused watcher")
        #expect(state.resume(at: now + .seconds(1)).job?.layers.main?.version == 2)
    }

    @Test func aWatcherOrdersTheMomentWhenTheBurstIsOver() throws {
        var state = WatchState(
            key: history.key, isOverlay: false, options: WatchOptions(debounce: .fixed(.milliseconds(100))), now: now)
        _ = state.receive(.started, at: now)
        func deliver(_ version: Int, at moment: Instant) -> [WatchAction] {
            let event = ConfigEvent(history.version(version), inlineLimit: .max)
            return state.receive(.source(.served(event), history.key), at: moment)
        }
        let job = try #require(deliver(1, at: now).job)
        let report = ReloadReport(
            job: job, verdict: .applied, contentHash: nil, handlers: [], warnings: [], finishedAt: .now,
            times: ReloadTimes()
        )
        _ = state.receive(.finished(report), at: now)
        let actions = deliver(2, at: now)
        let wakes = actions.compactMap { action -> Instant? in
            if case .wake(let moment) = action { moment } else { nil }
        }
        #expect(actions.job == nil && wakes == [now + .milliseconds(100)])
        #expect(state.receive(.tick, at: now + .milliseconds(100)).job?.layers.main?.version == 2)
    }
}
