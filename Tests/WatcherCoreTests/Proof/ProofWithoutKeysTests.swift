import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Proof without trusted keys: the registry is asked")
struct ProofWithoutKeysTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(9) }

    @Test func theFirstReadHasNoCondition() throws {
        var state = try ProofState.make(at: now)
        let request = try #require(state.resync(at: now).request)
        #expect(request.etag == nil && request.minimumVersion == nil)
    }

    @Test func aResponseIsProvenAndTheNextReadIsConditional() throws {
        var state = try ProofState.make(at: now)
        let request = try #require(state.resync(at: now).request)
        let answer = SourceResponse.version(DocumentVersion(history.version(3)).asServed)
        #expect(state.received(answer, to: request, at: now).provenVersion == 3)
        #expect(state.resync(at: now).request?.etag == "\"1.3\"")
    }

    /// What the registry says about version 3.
    enum Difference: CaseIterable {
        case content
        case record
        case kind
    }

    @Test(arguments: Difference.allCases)
    func notModifiedAboutAnotherVersionOfTheSameNumberProvesNothingAndIsToldOnce(difference: Difference) throws {
        let now = now
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let (mine, other) = (history.version(3), try TestHistory(contents: ["{}", "{}", #"{"n":666}"#]).version(3))
        let facts = SignedFacts(
            epoch: mine.epoch, key: mine.key, version: 3, changeType: difference == .kind ? .created : mine.changeType,
            contentHash: difference == .content ? other.content.hash : mine.content.hash,
            recordHash: difference == .record ? other.recordHash : mine.recordHash)
        let later = now + .seconds(60)
        let request = try #require(state.resync(at: later).request)
        #expect(state.received(.notModified(facts), to: request, at: later).refusals == [.conflict(version: 3)])
        #expect(state.lastProof == now)
        let again = try #require(state.resync(at: later).request)
        #expect(state.received(.notModified(facts), to: again, at: later).refusals.isEmpty)
        let true3 = try #require(state.resync(at: later).request)
        #expect(state.received(.notModified(mine.signedFacts), to: true3, at: later) == [.confirmed])
        #expect(state.lastProof == later)
    }

    @Test func anEventNeverChangesWhatIsWantedItCausesAReadWithItsVersionAndEpoch() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let actions = state.announced(history.event(5), at: now)
        #expect(actions.provenVersion == nil)
        #expect(actions.request?.minimumVersion == 5)
        #expect(actions.request?.epoch == history.epoch)
        #expect(state.newest?.version == 3)
    }

    @Test func aContentThatCameWithTheEventIsNotSentAgainTheRegistryConfirmsWhetherItIsTheTrueOne() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let request = try #require(state.announced(history.event(5), at: now).request)
        #expect(request.etag == "\"1.5\"")
        let actions = state.received(.notModified(history.version(5).signedFacts), to: request, at: now)
        #expect(actions == [.proven(DocumentVersion(history.version(5)))])
        #expect(state.newest?.version == 5 && state.isConfirmed)
    }

    @Test(arguments: [true, false])
    func anEventThatLiesAboutAVersionIsFoundOutAndTheRegistrysIsRead(registrySaysFacts: Bool) throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(1), at: now)
        let lie = try TestHistory(contents: ["{\"n\":1}", "{\"n\":666}"])
        let first = try #require(state.announced(lie.event(2), at: now).request)
        let truth = registrySaysFacts ? history.version(2).signedFacts : nil
        let actions = state.received(.notModified(truth), to: first, at: now)
        #expect(actions.provenVersion == nil)
        let second = try #require(actions.request)
        #expect(second.etag == nil && second.minimumVersion == nil && !second.isAboutClaim)
        let answer = state.received(.version(DocumentVersion(history.version(2)).asServed), to: second, at: now)
        #expect(answer.provenVersion == 2)
        #expect(state.newest?.content == history.version(2).content)
    }

    @Test func anEventThatSaysDeletedOfAnEmptyDocumentIsFoundOut() throws {
        var state = try ProofState.make(at: now)
        let truth = try TestHistory(contents: ["{\"n\":1}", "{}"])
        state.prove(truth.version(1), at: now)
        var lie = try TestHistory(contents: ["{\"n\":1}"])
        try lie.delete()
        let request = try #require(state.announced(lie.event(2), at: now).request)
        #expect(lie.version(2).content.hash == truth.version(2).content.hash)
        #expect(state.received(.notModified(truth.version(2).signedFacts), to: request, at: now).provenVersion == nil)
    }

    @Test func withoutItsContentAnEventLeavesTheReadAsItWas() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let request = try #require(state.announced(history.event(5, inlineLimit: 1), at: now).request)
        #expect(request.etag == "\"1.3\"" && !request.isAboutClaim)
    }

    @Test func whenTheRegistryIsBehindAClaimItIsReadOnceMoreWithoutAndTheClaimIsForgotten() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let first = try #require(state.announced(history.event(9), at: now).request)
        let second = try #require(state.received(.behind(reason: "no"), to: first, at: now).request)
        #expect(second.minimumVersion == nil && second.epoch == nil)
        let actions = state.received(.notModified(), to: second, at: now)
        #expect(actions == [.confirmed])
        #expect(state.newest?.version == 3)
        // What answered may have been a second behind: one more look, without the claim.
        let later = now + .seconds(2)
        let third = try #require(state.tick(at: later).request)
        #expect(third.minimumVersion == nil)
        #expect(state.received(.notModified(), to: third, at: later).request == nil)
        #expect(state.tick(at: later + .seconds(5)).request == nil)
    }

    @Test func forgedEventsCauseAtMostOneReadASecond() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(1), at: now)
        let reads = state.readsOfFlood(from: now) { $0.announced(history.event(9), at: $1) }
        #expect((5...10).contains(reads))
    }

    @Test func trueEventsAreNeverSlowedDownAReadThatBroughtNewsGivesItsTokenBack() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(1), at: now)
        for version in 2...9 {
            let moment = now + .milliseconds(version)
            let request = try #require(state.announced(history.event(version), at: moment).request)
            let answer = SourceResponse.version(DocumentVersion(history.version(version)).asServed)
            #expect(state.received(answer, to: request, at: moment).provenVersion == Int64(version))
        }
    }

    @Test func eventsThatCameWhileAReadWasUnderWayAreServedByOneMoreOrByNoneWhenItCoveredThem() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(1), at: now)
        let request = try #require(state.announced(history.event(2), at: now).request)
        #expect(state.announced(history.event(3), at: now).request == nil)
        #expect(state.announced(history.event(4), at: now).request == nil)
        let answered = state.received(.version(DocumentVersion(history.version(4))), to: request, at: now)
        #expect(answered.provenVersion == 4 && answered.request == nil)
        let next = try #require(state.announced(history.event(5), at: now).request)
        #expect(state.announced(history.event(6), at: now).request == nil)
        let again = state.received(.version(DocumentVersion(history.version(5))), to: next, at: now)
        #expect(again.provenVersion == 5 && again.request?.minimumVersion == 6)
    }

    @Test(arguments: [1, 3])
    func duplicatesAndEventsOutOfOrderAreCountedAndCauseNothing(version: Int) throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        #expect(state.announced(history.event(version), at: now).isEmpty)
        #expect(state.counters.duplicates == (version == 3 ? 1 : 0))
        #expect(state.counters.outOfOrder == (version == 3 ? 0 : 1))
    }

    @Test func anotherContentForAKnownVersionRaisesAnAlarmAndAnUnconditionalRead() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let lie = try TestHistory(contents: ["{\"n\":1}", "{\"n\":2}", "{\"n\":666}"])
        let request = try #require(state.announced(lie.event(3), at: now).request)
        #expect(request.etag == nil)
        #expect(state.counters.conflicts == 1)
        let truth = state.received(.version(DocumentVersion(history.version(3)).asServed), to: request, at: now)
        #expect(truth == [.confirmed])
    }

    @Test func aRegistryThatSendsSomethingElseForAKnownVersionIsRefused() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let lie = try TestHistory(contents: ["{\"n\":1}", "{\"n\":2}", "{\"n\":666}"])
        let actions = state.received(.version(DocumentVersion(lie.version(3))), to: try .plain(at: now), at: now)
        #expect(actions.refusals == [.conflict(version: 3)])
        #expect(state.newest?.content == history.version(3).content)
    }

    @Test func theRegistrysOwnStreamCountsAsAResponse() throws {
        var state = try ProofState.make(at: now)
        #expect(state.served(history.event(2), at: now).provenVersion == 2)
        #expect(state.served(history.event(4), at: now).provenVersion == 4)
        #expect(state.served(history.event(3), at: now).isEmpty)
        #expect(state.synced(history.epoch, at: now + .seconds(1)) == [.confirmed])
        #expect(state.lastProof == now + .seconds(1))
    }

    /// It may have waited in a queue since before the newest was proven.
    @Test(arguments: [true, false])
    func whatTheStreamSaysLateIsReadAgainBeforeTheRegistryCountsAsBehind(isBehind: Bool) throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(3), at: now)
        let later = now + .seconds(60)
        let actions = state.served(history.event(2), at: later)
        let request = try #require(actions.request)
        #expect(actions.refusals.isEmpty && request.isFresh)
        // However many of them there are.
        #expect(state.served(history.event(1), at: later).isEmpty)
        let response = SourceResponse.version(DocumentVersion(history.version(isBehind ? 2 : 3)).asServed)
        let judged = state.received(response, to: request, at: later + .milliseconds(5))
        #expect(judged.refusals == (isBehind ? [.registryBehind(version: 2, proven: 3)] : []))
    }

    @Test func aResponseFromBeforeASignedEventIsNoProofOfTheNewest() throws {
        var state = try ProofState.make(at: now)
        state.prove(history.version(1), at: now)
        let request = try #require(state.resync(at: now).request)
        _ = state.served(history.event(2), at: now)
        #expect(state.received(.notModified(), to: request, at: now).isEmpty)
    }

    @Test func unknownIsNeverTakenForDeleted() throws {
        var state = try ProofState.make(at: now)
        #expect(state.received(.unknown, to: try .plain(at: now), at: now) == [.unknown])
        state.prove(history.version(3), at: now)
        let actions = state.received(.unknown, to: try .plain(at: now), at: now)
        #expect(actions.refusals == [.unknownToRegistry(proven: 3)])
        #expect(state.newest?.version == 3)
        #expect(state.received(.unknown, to: try .plain(at: now), at: now).refusals.isEmpty, "reported once")
    }
}
