import TestSupport
import Testing

@testable import WatcherCore

/// What runs is loaded again, because something outside of the document changed.
@Suite struct ReapplyTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(3) }

    private func running(_ version: Int) throws -> ReloadState {
        var state = try ReloadState.make(at: now)
        for number in 1...version { _ = state.prove(history.version(number), verdict: .applied, at: now) }
        return state
    }

    @Test func nothingIsLoadedWhileNothingRuns() throws {
        var state = try ReloadState.make(at: now)
        #expect(state.reapply(ticket: 1, at: now).job == nil)
    }

    @Test func itIsWhatRunsWhenItBeginsNotWhatRanWhenItWasRequested() throws {
        var state = try running(1)
        let newer = try #require(state.prove(DocumentVersion(history.version(2)), .main, at: now).job)
        #expect(state.reapply(ticket: 1, at: now).job == nil)
        let again = try #require(state.finish(newer, .applied, at: now).job)
        #expect(again.kind == .reapply && again.layers.main?.version == 2)
        #expect(state.finish(again, .applied, at: now).outcomes.map(\.kind) == [.applied])
    }

    @Test func aPinStays() throws {
        var state = try running(2)
        let back = try #require(state.rollback(to: .version(1), ticket: 1, at: now).job)
        _ = state.finish(back, .applied, at: now)
        let again = try #require(state.reapply(ticket: 2, at: now).job)
        #expect(again.layers.main?.version == 1)
        _ = state.finish(again, .applied, at: now)
        #expect(state.pin != nil && state.applied?.layers.main?.version == 1)
    }

    @Test func whenItIsRefusedTheVersionItselfIsNot() throws {
        var state = try running(1)
        let again = try #require(state.reapply(ticket: 1, at: now).job)
        #expect(state.finish(again, .invalid(reason: "no secret"), at: now).outcomes.map(\.kind) == [.rejected])
        #expect(state.rejection == nil && state.rejected.isEmpty)
        #expect(state.reapply(ticket: 2, at: now).job != nil)
    }

    @Test func aVersionThatWaitsToBeTriedAgainStillIs() throws {
        var state = try running(1)
        let full = ReloadReport.Verdict.refused(reason: "the disk is full", isTransient: true)
        _ = state.prove(history.version(2), verdict: full, at: now)
        let again = try #require(state.reapply(ticket: 1, at: now).job)
        _ = state.finish(again, .applied, at: now)
        #expect(state.tick(at: now + .seconds(2)).job?.layers.main?.version == 2)
    }
}
