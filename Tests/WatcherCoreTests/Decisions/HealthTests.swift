import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Health and staleness")
struct HealthTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(3) }

    /// A watcher that runs version 1 and had its last proof now.
    private func running(_ policy: StalenessPolicy, provesFreshness: Bool = true) throws -> WatchState {
        var state = WatchState(
            key: history.key, isOverlay: false,
            options: WatchOptions(
                pollInterval: .seconds(3_600), staleness: policy, provesFreshness: provesFreshness), now: now)
        _ = state.receive(.started, at: now)
        try prove(1, .applied, &state)
        return state
    }

    private func prove(_ version: Int, _ verdict: ReloadReport.Verdict, _ state: inout WatchState) throws {
        let read = state.receive(.source(.mayHaveChanged(isFresh: true), history.key), at: now)
        let request = try #require(read.lazy.compactMap(\.request).first)
        let document = DocumentVersion(history.version(version))
        let actions = state.receive(.received(.version(document), request), at: now)
        let job = try #require(actions.lazy.compactMap(\.job).first)
        _ = state.receive(
            .finished(
                ReloadReport(
                    job: job, verdict: verdict, contentHash: document.content.hash, handlers: [], warnings: [],
                    finishedAt: Timestamp(milliseconds: 0), times: ReloadTimes())), at: now)
    }

    private func health(_ state: WatchState, at moment: Instant) -> WatcherHealth {
        let age = moment - now
        return state.health(
            state.state(staleAfter: .seconds(1), age: age), age: age, loadedAt: Timestamp(milliseconds: 0), at: moment)
    }

    @Test func whatRunsProvenIsHealthyHoweverOldUnlessAPolicySaysOtherwise() throws {
        let state = try running(.serve)
        let old = health(state, at: now + .seconds(86_400))
        #expect(old.status == .healthy && old.state == .stale && old.version == 1 && old.reason == nil)
        #expect(state.receive(tickAt: now + .seconds(86_400)).failure == nil)
    }

    @Test func aPolicyDegradesAtItsTimeAndNotBeforeAndEndsNothing() throws {
        let state = try running(.degrade(after: .seconds(10)))
        #expect(health(state, at: now + .milliseconds(9_999)).status == .healthy)
        let degraded = health(state, at: now + .seconds(10))
        #expect(degraded.status == .degraded && degraded.version == 1)
        #expect(degraded.reason == "For 10 s there was no proof that the newest version is known.")
        #expect(state.receive(tickAt: now + .seconds(3_000)).failure == nil)
    }

    @Test func aPolicyEndsTheWatcherAtItsTimeForWhichItWakes() throws {
        var state = try running(.fail(after: .seconds(10)))
        let wake = state.receive(.tick, at: now + .milliseconds(1)).lazy.compactMap(\.wake).first
        #expect(wake.map { $0 <= now + .seconds(10) } ?? true)
        #expect(state.receive(tickAt: now + .milliseconds(9_999)).failure == nil)
        #expect(health(state, at: now + .milliseconds(9_999)).status == .healthy)
        let failure = state.receive(tickAt: now + .seconds(10)).failure
        #expect(failure?.code == .notProven)
        #expect(failure?.message == "For 10 s there was no proof that what runs is the newest version of parsing/prod.")
        #expect(health(state, at: now + .seconds(10)).status == .unhealthy)
    }

    @Test func aProofPutsTheEndOff() throws {
        var state = try running(.fail(after: .seconds(10)))
        _ = state.receive(.source(.proved(age: .zero), history.key), at: now + .seconds(8))
        #expect(state.receive(tickAt: now + .seconds(17)).failure == nil)
        #expect(state.receive(tickAt: now + .seconds(18)).failure?.code == .notProven)
    }

    @Test func aSourceWhoseWordProvesNothingIsTooOldAfterThatTimeFromTheStart() throws {
        let state = try running(.degrade(after: .seconds(10)), provesFreshness: false)
        #expect(health(state, at: now + .seconds(9)).status == .healthy)
        #expect(health(state, at: now + .seconds(10)).status == .degraded)
    }

    @Test func aRejectedHeadIsDegradedWithItsVersionAndReasonBesideWhatRuns() throws {
        var state = try running(.serve)
        try prove(2, .refused(reason: "Refused by handler 'pool': no"), &state)
        let degraded = health(state, at: now)
        #expect(degraded.status == .degraded && degraded.state == .rejected)
        #expect(degraded.version == 1 && degraded.rejectedVersion == 2)
        #expect(degraded.reason == "Refused by handler 'pool': no")
        try prove(3, .applied, &state)
        #expect(health(state, at: now).status == .healthy && health(state, at: now).rejectedVersion == nil)
    }

    @Test func whatRunsNothingOrHasEndedIsUnhealthy() throws {
        var state = WatchState(key: history.key, isOverlay: false, options: WatchOptions(), now: now)
        let starting = state.health(.starting, age: nil, loadedAt: nil, at: now)
        #expect(starting.status == .unhealthy && starting.version == nil)
        #expect(starting.reason == "The source has not answered yet.")
        state = try running(.serve)
        let ended = state.health(.stopped, age: .zero, loadedAt: nil, at: now)
        #expect(ended.status == .unhealthy && ended.reason == "The watcher of parsing/prod has ended.")
    }

    @Test func itsJSONHasTheNamesAndTypesThatEndpointsShow() throws {
        let health = health(try running(.serve), at: now + .milliseconds(1_500))
        #expect(
            "\(JSONValue.object(health.json))" == """
                {"age_seconds":1.5,"content_hash":"\(history.version(1).content.hash)","default_version":null,\
                "loaded_at":"1970-01-01T00:00:00.000Z","reason":null,"rejected_version":null,"state":"stale",\
                "status":"healthy","version":1}
                """)
        #expect("\(health)" == "healthy: version 1 runs, stale")
    }
}

extension WatchState {
    /// What a tick at this moment would do.
    fileprivate func receive(tickAt moment: Instant) -> [WatchAction] {
        var state = self
        return state.receive(.tick, at: moment)
    }
}
