import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Versions that the bus should have announced")
struct MissedAnnouncementTests {
    private let now = Instant.now
    private let history: TestHistory
    /// Version 3 is known, and the bus has stood since.
    private let listening: ProofState

    init() throws {
        history = try .numbered(9)
        var state = try ProofState.make(at: now)
        let request = try #require(state.established(at: now).request)
        _ = state.received(.version(DocumentVersion(history.version(3)).asServed), to: request, at: now)
        listening = state
    }

    /// Lets the poll find a version; answers the moment.
    private func poll(_ state: inout ProofState, finds version: Int) throws -> Instant {
        let moment = now + .seconds(70)
        let request = try #require(state.tick(at: moment).request)
        let found = DocumentVersion(history.version(version)).asServed
        #expect(state.received(.version(found), to: request, at: moment).provenVersion == Int64(version))
        return moment
    }

    private func missed(_ actions: [ProofFinding]) -> [Int64] {
        actions.compactMap { if case .unannounced(let version) = $0 { version } else { nil } }
    }

    @Test func aVersionThatOnlyThePollFindsIsSaidOnceWhenItsAnnouncementHasHadTimeToCome() throws {
        var state = listening
        let moment = try poll(&state, finds: 4)
        let deadline = try #require(state.wake)
        #expect(deadline == moment + MissedAnnouncements.patience)
        #expect(missed(state.tick(at: deadline - .milliseconds(1))).isEmpty)
        #expect(missed(state.tick(at: deadline)) == [4])
        #expect(missed(state.tick(at: deadline + .seconds(1))).isEmpty)
    }

    @Test(arguments: [4, 5])
    func anAnnouncementThatComesAMomentLaterOrOneOfALaterVersionEndsTheWait(version: Int) throws {
        var state = listening
        let moment = try poll(&state, finds: 4)
        _ = state.announced(history.event(version), at: moment + .milliseconds(50))
        #expect(missed(state.tick(at: moment + .seconds(60))).isEmpty)
    }

    @Test func whatWasPublishedBeforeTheBusStoodOrWhileItWasAwayIsNotMissed() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let moment = try poll(&state, finds: 4)
        #expect(missed(state.tick(at: moment + .seconds(60))).isEmpty, "no bus")
        state = listening
        _ = state.interrupted(at: now)
        _ = try poll(&state, finds: 4)
        #expect(missed(state.tick(at: moment + .seconds(60))).isEmpty, "away")
        state = listening
        _ = try poll(&state, finds: 4)
        _ = state.interrupted(at: moment)
        #expect(missed(state.tick(at: moment + .seconds(60))).isEmpty, "away since")
    }

    @Test func whatAnAnnouncementANewSubscriptionOrAReloadReadsIsNotFoundByPolling() throws {
        for ask: (inout ProofState) -> [ProofFinding] in [
            { $0.announced(history.event(4), at: now) }, { $0.established(at: now) },
            { $0.demand(isForced: false, at: now).actions },
        ] {
            var state = listening
            let request = try #require(ask(&state).request)
            let found = DocumentVersion(history.version(4)).asServed
            _ = state.received(.version(found), to: request, at: now)
            #expect(missed(state.tick(at: now + .seconds(60))).isEmpty)
        }
    }
}
