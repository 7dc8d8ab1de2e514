import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("A reload that waits for other documents")
struct SetWaitTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(9) }

    private func document(_ version: Int) -> DocumentVersion { DocumentVersion(history.version(version)) }

    /// Version 1 runs, and the reload of version 2 waits.
    private func waiting() throws -> (state: ReloadState, job: ReloadJob) {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        let job = try #require(state.prove(document(2), .main, at: now).job)
        #expect(state.receive(.held(job: job.number, reason: "It waits."), at: now).isEmpty)
        #expect(state.counters.setWaits == 1)
        return (state, job)
    }

    @Test func isGivenUpForANewerVersionWhichIsTriedInItsPlace() throws {
        var (state, job) = try waiting()
        #expect(state.prove(document(3), .main, at: now).withdrawn == job.number)
        #expect(state.prove(document(4), .main, at: now).withdrawn == nil, "once")
        let next = state.receive(.withdrawn(job: job.number), at: now).job
        #expect(next?.layers.main?.version == 4 && state.setWait == nil)
        #expect(state.counters.reloads == 1, "nothing was attempted")
    }

    @Test func aVersionThatCameBeforeItWasSaidToWaitCountsToo() throws {
        var state = try ReloadState.make(at: now)
        let job = try #require(state.prove(document(1), .main, at: now).job)
        #expect(state.prove(document(2), .main, at: now).withdrawn == nil)
        #expect(state.receive(.held(job: job.number, reason: "It waits."), at: now).withdrawn == job.number)
    }

    @Test func isGivenUpForWhatIsRequested() throws {
        var (state, job) = try waiting()
        #expect(state.rollback(to: .version(1), ticket: 7, at: now).withdrawn == job.number)
        let rollback = state.receive(.withdrawn(job: job.number), at: now).job
        #expect(rollback?.kind == .rollback)
    }

    @Test func isGivenUpByAPauseAndComesAgainAfterIt() throws {
        var (state, job) = try waiting()
        #expect(state.pause(at: now).withdrawn == job.number)
        #expect(state.receive(.withdrawn(job: job.number), at: now).job == nil)
        #expect(state.resume(at: now).job?.layers.main?.version == 2)
    }

    @Test func isGivenUpAtTheEnd() throws {
        var (state, job) = try waiting()
        #expect(state.stop().withdrawn == job.number)
        let actions = state.receive(.withdrawn(job: job.number), at: now)
        #expect(actions.contains { if case .stopped = $0 { true } else { false } })
    }

    @Test func aCallThatWaitsForItGetsTheResultOfTheNext() throws {
        var (state, job) = try waiting()
        #expect(state.reload(isForced: false, trigger: .manual, ticket: 3, at: now).answers.isEmpty)
        _ = state.prove(document(3), .main, at: now)
        let next = try #require(state.receive(.withdrawn(job: job.number), at: now).job)
        #expect(try state.finish(next, .applied, at: now).answers[3]?.get()?.version == 3)
    }

    @Test func onceItHasBegunNothingGivesItUp() throws {
        var (state, job) = try waiting()
        #expect(state.receive(.begun(job: job.number), at: now).isEmpty)
        #expect(state.prove(document(3), .main, at: now).withdrawn == nil)
        #expect(state.finish(job, .applied, at: now).job?.layers.main?.version == 3)
    }

    @Test func whatWasRefusedIsTriedAgainTogetherWithOthers() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        _ = state.prove(history.version(2), verdict: .refused(reason: "no"), at: now)
        #expect(state.receive(.reconsider, at: now).job?.layers.main?.version == 2)
        #expect(state.receive(.reconsider, at: now).isEmpty)
    }
}

/// Where a watcher stands with a member of a set.
@Suite("Members of a set")
struct SetStandingTests {
    private let now = Instant.now

    private func state(_ history: TestHistory, running version: Int?) throws -> WatchState {
        var state = WatchState(key: history.key, isOverlay: false, options: WatchOptions(), now: now)
        _ = state.receive(.started, at: now)
        guard let version else { return state }
        let actions = state.receive(.source(.served(history.event(version)), history.key), at: now)
        if let job = actions.job { _ = state.reloads.finish(job, .applied, at: now) }
        return state
    }

    private func standing(_ state: WatchState, _ version: Int64, _ epoch: Epoch = TestHistory.firstEpoch) -> SetStanding
    {
        state.standing(of: state.key, version: version, epoch: epoch)
    }

    @Test func areSettledAtTheirNumberOrANewerOne() throws {
        let history = try TestHistory.numbered(3)
        #expect(standing(try state(history, running: nil), 1) == .unread)
        let state = try state(history, running: 2)
        #expect(standing(state, 1) == .settled && standing(state, 2) == .settled && standing(state, 3) == .older)
    }

    @Test func ofALaterHistoryAreNewerWhateverTheirNumber() throws {
        let state = try state(try .numbered(1, epoch: TestHistory.secondEpoch), running: 1)
        #expect(standing(state, 9, TestHistory.firstEpoch) == .settled)
        #expect(standing(state, 1, TestHistory.otherStore) == .settled)
    }

    @Test func thatAreDeletedAreNotWaitedFor() throws {
        var history = try TestHistory.numbered(1)
        try history.delete()
        var state = try state(history, running: 1)
        _ = state.receive(.source(.served(history.event(2)), history.key), at: now)
        #expect(standing(state, 2) == .settled)
    }

    @Test func thatAreProvenOrWereRefusedAreKnownAsThat() throws {
        let history = try TestHistory.numbered(2)
        var state = try state(history, running: 1)
        let job = try #require(state.receive(.source(.served(history.event(2)), history.key), at: now).job)
        #expect(standing(state, 2) == .proven)
        _ = state.reloads.finish(job, .refused(reason: "no"), at: now)
        #expect(standing(state, 2) == .refused)
    }
}

extension [WatchAction] {
    /// The reload that is to be given up.
    fileprivate var withdrawn: Int? {
        for case .withdraw(let job) in self { return job }
        return nil
    }
}
