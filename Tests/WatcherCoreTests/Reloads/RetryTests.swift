import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("A version that was refused for want of room")
struct RetryTests {
    private let now = Instant.now
    private let history: TestHistory
    private let full = ReloadReport.Verdict.refused(reason: "the disk is full", isTransient: true)

    init() throws { history = try .numbered(3) }

    private func refused() throws -> ReloadState {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        #expect(state.prove(history.version(2), verdict: full, at: now).map(\.kind) == [.rejected])
        return state
    }

    @Test func itIsTriedAgainLessAndLessOftenAndAppliedWhenThereIsRoom() throws {
        var state = try refused()
        var moment = now
        for pause in [1, 2, 4, 8, 16, 30, 30] {
            #expect(state.tick(at: moment + .seconds(pause) - .milliseconds(1)).job == nil)
            moment += .seconds(pause)
            let job = try #require(state.tick(at: moment).job)
            #expect(job.layers.main?.version == 2)
            // For the same reason: that was said.
            #expect(state.finish(job, full, at: moment).outcomes.isEmpty)
        }
        moment += .seconds(30)
        let job = try #require(state.tick(at: moment).job)
        #expect(state.finish(job, .applied, at: moment).outcomes.map(\.kind) == [.applied])
        #expect(state.retry == nil && state.rejection == nil)
    }

    @Test func anotherReasonIsSaidOneThatDoesNotPassEndsIt() throws {
        var state = try refused()
        let first = try #require(state.tick(at: now + .seconds(1)).job)
        let verdict = ReloadReport.Verdict.refused(reason: "no descriptors", isTransient: true)
        #expect(state.finish(first, verdict, at: now).outcomes.map(\.reason) == ["no descriptors"])
        let second = try #require(state.tick(at: now + .seconds(60)).job)
        #expect(state.finish(second, .refused(reason: "bad"), at: now).outcomes.map(\.reason) == ["bad"])
        #expect(state.tick(at: now + .seconds(3_600)).job == nil)
    }

    @Test func anythingNewerTakesItsPlace() throws {
        var state = try refused()
        #expect(state.prove(history.version(3), verdict: .applied, at: now).map(\.version) == [3])
        #expect(state.tick(at: now + .seconds(3_600)).job == nil)
    }

    @Test func aRequestedReloadTriesItAtOnceAndReportsTheSameReasonAgain() throws {
        var state = try refused()
        let job = try #require(state.hurry(.manual, at: now).job)
        #expect(job.layers.main?.version == 2)
        // It is under way.
        #expect(state.hurry(.manual, at: now).isEmpty)
        #expect(state.finish(job, full, at: now).outcomes.map(\.reason) == ["the disk is full"])
        let again = try #require(state.hurry(.manual, at: now).job)
        #expect(state.finish(again, .applied, at: now).outcomes.map(\.kind) == [.applied])
    }

    @Test func aRequestedReloadWithoutOneThatWaitsDoesNothing() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        #expect(state.hurry(.manual, at: now).isEmpty)
        _ = state.prove(history.version(2), verdict: .refused(reason: "bad"), at: now)
        #expect(state.hurry(.manual, at: now).isEmpty)
    }

    @Test func theWatcherWakesForItOnce() throws {
        var state = WatchState(
            key: history.key, isOverlay: false, options: WatchOptions(pollInterval: .seconds(3_600)), now: now)
        _ = state.receive(.started, at: now)
        let request = state.receive(.source(.mayHaveChanged(isFresh: true), history.key), at: now).lazy.compactMap(
            \.request
        ).first
        let proven = state.receive(
            .received(.version(DocumentVersion(history.version(1))), try #require(request)), at: now)
        let job = try #require(proven.lazy.compactMap(\.job).first)
        let report = ReloadReport(
            job: job, verdict: full, contentHash: nil, handlers: [], warnings: [],
            finishedAt: Timestamp(milliseconds: 0), times: ReloadTimes())
        let wake = state.receive(.finished(report), at: now).lazy.compactMap(\.wake).first
        #expect(wake == now + .seconds(1))
        let again = state.receive(.tick, at: now + .seconds(1))
        #expect(again.contains { $0.job != nil } && again.allSatisfy { $0.wake.map { $0 > now + .seconds(1) } ?? true })
    }
}

extension WatchAction {
    var request: ReadRequest? {
        guard case .read(let request) = self else { return nil }
        return request
    }

    var job: ReloadJob? {
        guard case .run(let job) = self else { return nil }
        return job
    }

    var wake: Instant? {
        guard case .wake(let moment) = self else { return nil }
        return moment
    }
}
