import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Trying a version again that handlers refused")
struct ReloadRetryTests {
    private let now = Instant.now
    private let history: TestHistory
    private let policy = ReloadRetry.handlers(attempts: 3, from: .milliseconds(500), upTo: .seconds(30))
    private let no = ReloadReport.Verdict.refused(reason: "no")

    init() throws { history = try .numbered(3) }

    private func refused(_ policy: ReloadRetry? = nil) throws -> ReloadState {
        var state = try ReloadState.make(retry: policy ?? self.policy, at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        #expect(state.prove(history.version(2), verdict: no, at: now).map(\.attempt) == [1])
        return state
    }

    @Test func eachAttemptIsAnOutcomeWithItsNumberTheThirdMayBeTheOneThatWorks() throws {
        var state = try refused()
        #expect(state.tick(at: now + .milliseconds(499)).job == nil)
        let second = try #require(state.tick(at: now + .milliseconds(500)).job)
        #expect(second.trigger == .retry)
        #expect(state.finish(second, no, at: now + .seconds(1)).outcomes.map(\.attempt) == [2])
        #expect(state.tick(at: now + .milliseconds(1_999)).job == nil)
        let third = try #require(state.tick(at: now + .seconds(2)).job)
        let outcomes = state.finish(third, .applied, at: now + .seconds(2)).outcomes
        #expect(outcomes.map(\.attempt) == [3] && outcomes.map(\.kind) == [.applied])
        #expect(state.counters.retries == 2 && state.retry == nil && state.rejection == nil)
        let operations = state.log.operations(of: state.key, isOverlay: false, limit: 3)
        #expect(operations.map(\.attempt) == [3, 2, 1] && operations.map(\.trigger) == [.retry, .retry, .start])
    }

    @Test func afterTheLastItIsParked() throws {
        var state = try refused()
        for attempt in 2...3 {
            let job = try #require(state.tick(at: now + .seconds(60 * attempt)).job)
            _ = state.finish(job, no, at: now + .seconds(60 * attempt))
        }
        #expect(state.retry == nil && state.tick(at: now + .seconds(86_400)).job == nil)
        #expect(state.rejection == "no")
    }

    @Test func pausesDoubleUpToTheLongest() {
        let policy = ReloadRetry.handlers(attempts: 9, from: .milliseconds(500), upTo: .seconds(4))
        let pauses = (1...9).map { policy.pause(after: $0, isTransient: false) }
        #expect(pauses.prefix(5) == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4), .seconds(4)])
        #expect(pauses[8] == nil)
        #expect(ReloadRetry.none.pause(after: 1, isTransient: false) == nil)
    }

    @Test func anythingNewerEndsIt() throws {
        var state = try refused()
        let outcomes = state.prove(history.version(3), verdict: no, at: now)
        #expect(outcomes.map(\.version) == [3] && outcomes.map(\.attempt) == [1])
        #expect(state.tick(at: now + .seconds(1)).job?.layers.main?.version == 3)
    }

    @Test func whatIsNotValidIsNeverTriedAgain() throws {
        var state = try ReloadState.make(retry: policy, at: now)
        _ = state.prove(history.version(1), verdict: .invalid(reason: "bad"), at: now)
        #expect(state.tick(at: now + .seconds(86_400)).job == nil)
    }

    @Test func aRollbackIsNotTriedAgain() throws {
        var state = try ReloadState.make(retry: policy, at: now)
        for version in 1...2 { _ = state.prove(history.version(version), verdict: .applied, at: now) }
        let job = try #require(state.rollback(to: .previous, ticket: 1, at: now).job)
        _ = state.finish(job, no, at: now)
        #expect(state.retry == nil)
    }

    @Test func withOverlayTheWholeIsTriedAgainWhileAPartOfItRuns() throws {
        var base = try TestHistory("parsing")
        try base.publish("{\"n\":1}")
        try base.publish("{\"n\":2}")
        var state = try ReloadState.make(isOverlay: true, retry: policy, at: now)
        _ = state.prove(DocumentVersion(base.version(1)), .base, at: now)
        let first = try #require(state.prove(DocumentVersion(history.version(1)), .main, at: now).job)
        _ = state.finish(first, .applied, at: now)
        _ = state.pause(at: now)
        _ = state.prove(DocumentVersion(base.version(2)), .base, at: now)
        _ = state.prove(DocumentVersion(history.version(2)), .main, at: now)
        let whole = try #require(state.resume(at: now).job)
        let part = try #require(state.finish(whole, no, at: now).job)
        #expect(part.layers.base?.version == 1 && part.attempt == 1)
        #expect(state.finish(part, .applied, at: now).job == nil)
        #expect(state.tick(at: now + .milliseconds(500)).job?.attempt == 2)
    }
}
