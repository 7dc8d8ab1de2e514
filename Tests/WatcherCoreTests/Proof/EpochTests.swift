import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Epochs")
struct EpochTests {
    private let now = Instant.now

    @Test func aLargerEpochSendsTheWatcherToTheRegistryWhoseResponseCountsEvenIfItsVersionIsLower() throws {
        let old = try TestHistory.numbered(7)
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        var state = try ProofState.make(at: now)
        state.prove(old.version(7), at: now)
        let request = try #require(state.announced(new.event(2), at: now).request)
        #expect(request.epoch == TestHistory.secondEpoch && request.minimumVersion == 2)
        let actions = state.received(.version(DocumentVersion(new.version(2))), to: request, at: now)
        #expect(actions.provenVersion == 2)
        #expect(state.newest?.epoch == TestHistory.secondEpoch)
    }

    @Test func aSmallerEpochIsNotFollowedAndIsReportedOnceHoweverManyVersionsItGets() throws {
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        let old = try TestHistory.numbered(9)
        var state = try ProofState.make(at: now)
        state.prove(new.version(2), at: now)
        let refusal = Refusal.smallerEpoch(TestHistory.firstEpoch, own: TestHistory.secondEpoch)
        var refusals: [Refusal] = []
        for version in [8, 9, 9] {
            let answer = SourceResponse.version(DocumentVersion(old.version(version)))
            refusals += state.received(answer, to: try .plain(at: now), at: now).refusals
        }
        #expect(refusals == [refusal])
        for text in ["\(TestHistory.firstEpoch)", "\(TestHistory.secondEpoch)", "configbus admin new-epoch"] {
            #expect(refusal.description.contains(text))
        }
        #expect(state.newest?.version == 2 && state.counters.smallerEpochs == 3)
        // When the registry is back in step the same would be news again.
        state.prove(new.version(2), at: now)
        let again = SourceResponse.version(DocumentVersion(old.version(9)))
        #expect(state.received(again, to: try .plain(at: now), at: now).refusals == [refusal])
    }

    @Test func aRegistryOfASmallerEpochIsReadAgainSoonItMayNotHaveReadTheNewOneYet() throws {
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        let old = try TestHistory.numbered(9)
        var state = try ProofState.make(at: now)
        state.prove(new.version(2), at: now)
        let request = try #require(state.resync(at: now).request)
        _ = state.received(.version(DocumentVersion(old.version(9))), to: request, at: now)
        let moment = try #require(state.wake)
        #expect(moment <= now + .seconds(2))
        #expect(state.tick(at: moment).request != nil)
    }

    @Test func whatARegistryOfAnotherEpochProvesIsNoFreshness() throws {
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        var state = try ProofState.make(at: now)
        state.prove(new.version(2), at: now)
        _ = state.synced(TestHistory.firstEpoch, at: now)
        state.proved(at: now + .seconds(60))
        #expect(state.lastProof == now)
        state.prove(new.version(2), at: now)
        state.proved(at: now + .seconds(61))
        #expect(state.lastProof == now + .seconds(61))
    }

    @Test func anEventOfASmallerEpochMakesTheWatcherReadOnceASecondAtMost() throws {
        let new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch)
        let old = try TestHistory.numbered(9)
        var state = try ProofState.make(at: now)
        state.prove(new.version(2), at: now)
        let reads = state.readsOfFlood(from: now) { $0.announced(old.event(9), at: $1) }
        #expect((5...11).contains(reads))
        #expect(state.newest?.version == 2)
    }

    @Test func anEventOnTheRegistrysStreamNamesTheEpochItWasWrittenInTheStoresIsReadFromTheRegistry() throws {
        let old = try TestHistory.numbered(3)
        var state = try ProofState.make(at: now)
        var known = DocumentVersion(old.version(2)).asServed
        known = known.counting(in: TestHistory.secondEpoch)
        _ = state.received(.version(known), to: try .plain(at: now), at: now)
        #expect(state.served(old.event(2), at: now).isEmpty, "what is known already")
        let request = try #require(state.served(old.event(3), at: now).request)
        let next = DocumentVersion(old.version(3)).asServed.counting(in: TestHistory.secondEpoch)
        #expect(state.received(.version(next), to: request, at: now).provenVersion == 3)
    }

    @Test func theSameVersionInALaterEpochThanItsEventNamedIsNoChangeOfEpoch() throws {
        let old = try TestHistory.numbered(1)
        var state = try ProofState.make(at: now)
        _ = state.served(old.event(1), at: now)
        let request = try #require(state.synced(TestHistory.secondEpoch, at: now).request)
        let served = DocumentVersion(old.version(1)).asServed.counting(in: TestHistory.secondEpoch)
        _ = state.received(.version(served), to: request, at: now)
        #expect(state.newest?.epoch == TestHistory.secondEpoch && state.newest?.correctsEpoch == true)
    }

    @Test func aRegistryThatAnswersLessThanItMustKnowByNowIsNotPassedOverInSilence() throws {
        let history = try TestHistory.numbered(5)
        var state = try ProofState.make(at: now)
        state.prove(history.version(5), at: now)
        let less = SourceResponse.version(DocumentVersion(history.version(4)))
        #expect(state.received(less, to: try .plain(at: now + .seconds(1)), at: now).refusals.isEmpty, "remembered")
        #expect(
            state.received(less, to: try .plain(at: now + .seconds(11)), at: now).refusals
                == [.registryBehind(version: 4, proven: 5)])
        #expect(state.newest?.version == 5)
    }

    @Test func anotherStoreOfTheSameRankIsNotFollowed() throws {
        let own = try TestHistory.numbered(2)
        let foreign = try TestHistory.numbered(9, epoch: TestHistory.otherStore)
        var state = try ProofState.make(at: now)
        state.prove(own.version(2), at: now)
        #expect(state.announced(foreign.event(9), at: now).isEmpty)
        let actions = state.received(.version(DocumentVersion(foreign.version(9))), to: try .plain(at: now), at: now)
        #expect(actions.refusals == [.foreignEpoch(TestHistory.otherStore, own: TestHistory.firstEpoch)])
        #expect(state.newest?.version == 2)
    }

    @Test func aForcedReloadTakesWhatTheRegistryHas() throws {
        let own = try TestHistory.numbered(9)
        let foreign = try TestHistory.numbered(2, epoch: TestHistory.otherStore)
        var state = try ProofState.make(at: now)
        state.prove(own.version(9), at: now)
        let request = try #require(state.demand(isForced: true, at: now).actions.request)
        #expect(request.etag == nil)
        let actions = state.received(.version(DocumentVersion(foreign.version(2))), to: request, at: now)
        #expect(actions.provenVersion == 2)
        #expect(actions.contains(.demandAnswered(number: 1, failure: nil)))
    }

    @Test func aStreamWhoseEpochDiffersMakesTheWatcherRead() throws {
        var state = try ProofState.make(at: now)
        state.prove(try TestHistory.numbered(2).version(2), at: now)
        #expect(state.synced(TestHistory.secondEpoch, at: now).request != nil)
    }
}

extension DocumentVersion {
    /// The same version in a store that got another epoch after it was written.
    func counting(in epoch: Epoch, _ statement: EpochStatement? = nil) -> DocumentVersion {
        DocumentVersion(
            key: key, version: version, epoch: epoch, recordEpoch: recordEpoch, changeType: changeType,
            content: content, recordHash: recordHash, signature: signature, createdAt: createdAt,
            epochStatement: statement)
    }
}
