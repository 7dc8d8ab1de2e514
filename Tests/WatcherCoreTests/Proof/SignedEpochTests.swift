import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Epochs with trusted keys")
struct SignedEpochTests {
    private let now = Instant.now
    private let signer: RecordSigner
    private let old: TestHistory
    private let new: TestHistory

    init() throws {
        signer = try RecordSigner.generate()
        old = try TestHistory.numbered(7, signer: signer)
        new = try TestHistory.numbered(2, epoch: TestHistory.secondEpoch, signer: signer)
    }

    private func state() throws -> ProofState {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(old.version(7), at: now)
        return state
    }

    private func answer(_ record: VersionRecord, _ statement: EpochStatement?) -> SourceResponse {
        .version(DocumentVersion(record).asServed.counting(in: TestHistory.secondEpoch, statement))
    }

    @Test func aLargerEpochIsFollowedWithAStatementThatATrustedKeySigned() throws {
        var state = try state()
        let actions = state.received(answer(new.version(2), try new.statement()), to: try .plain(at: now), at: now)
        #expect(actions.provenVersion == 2 && state.newest?.epoch == TestHistory.secondEpoch)
    }

    @Test func aKeyWithScopesSignsNeitherAVersionNorAnEpochOfAnotherDocument() throws {
        let line = signer.publicKey.text
        let document = DocumentVersion(new.version(2)).asServed.counting(
            in: TestHistory.secondEpoch, try new.statement())
        for (scopes, isTrusted) in [("#/prod", true), ("parsing/*", true), ("#/staging", false), ("other/prod", false)]
        {
            let trust = Trust(keys: try TrustedKeys(parsing: "\(line) name \(scopes)"))
            let failure = SignatureFailure.outOfScope(keyID: signer.keyID, scopes: scopes)
            let facts = new.version(2).signedFacts
            let refusal = trust.refusal(of: facts, signature: new.version(2).signature)
            #expect(refusal == (isTrusted ? nil : .signature(failure)))
            let epoch = trust.refusal(ofEpochOf: document, own: TestHistory.firstEpoch)
            #expect(
                epoch
                    == (isTrusted
                        ? nil : .unsignedEpoch(TestHistory.secondEpoch, own: TestHistory.firstEpoch, failure)))
        }
    }

    @Test func anOldSignedVersionDoesNotComeBackByALargerEpochWithoutASignature() throws {
        var state = try state()
        for version in [old.version(3), new.version(2)] {
            let actions = state.received(answer(version, nil), to: try .plain(at: now), at: now)
            #expect(actions.provenVersion == nil)
        }
        #expect(state.newest?.version == 7)
    }

    @Test func aStatementCountsForTheEpochThatItNamesByAKeyThatIsTrustedAndOnlyWhenItHolds() throws {
        let stranger = try RecordSigner.generate()
        let statement = try #require(try new.statement())
        let lie = String(decoding: statement.jsonBytes, as: UTF8.self)
            .replacing("\(TestHistory.secondEpoch)", with: "9-\(TestHistory.secondEpoch.identifier)")
        let other = Epoch(number: 9, identifier: TestHistory.secondEpoch.identifier)
        let forgeries: [(EpochStatement?, Epoch, SignatureFailure)] = [
            (nil, TestHistory.secondEpoch, .missing),
            (statement, other, .missing),
            (EpochStatement(json: Array(lie.utf8)), other, .wrong(keyID: signer.keyID)),
            (try new.statement(by: stranger), TestHistory.secondEpoch, .unknownKey(stranger.keyID)),
        ]
        for (statement, epoch, failure) in forgeries {
            var state = try state()
            let document = DocumentVersion(old.version(3)).asServed.counting(in: epoch, statement)
            let refusals = state.received(.version(document), to: try .plain(at: now), at: now).refusals
            #expect(refusals == [.unsignedEpoch(epoch, own: TestHistory.firstEpoch, failure)])
            #expect(refusals.first?.description.contains("admin new-epoch --signing-key") == true)
            #expect(state.newest?.version == 7 && state.isEstranged)
        }
    }

    @Test func aWatcherThatMissedSeveralChangesFollowsTheNewestWhichEpochItReplacedIsInformation() throws {
        let third = Epoch(number: 30, identifier: "6f3f43d0-0a3e-4b9d-9a77-3f5b63d1c030")
        let statement = try EpochStatement(
            epoch: third, previous: TestHistory.secondEpoch, at: .now, reason: "again", signer: signer)
        var state = try state()
        let document = DocumentVersion(old.version(3)).asServed.counting(in: third, statement)
        #expect(state.received(.version(document), to: try .plain(at: now), at: now).provenVersion == 3)
    }

    @Test func atAFirstStartTheEpochThatAVersionIsSignedInCountsALaterOneNeedsTheStatement() throws {
        func first(_ document: DocumentVersion) throws -> [ProofFinding] {
            var state = try ProofState.make(trusting: signer, at: now)
            return state.received(.version(document), to: try .plain(at: now), at: now)
        }
        let own = DocumentVersion(new.version(2)).asServed
        #expect(try first(own).provenVersion == 2)
        let later = DocumentVersion(old.version(3)).asServed
        #expect(
            try first(later.counting(in: TestHistory.secondEpoch)).refusals
                == [.unsignedEpoch(TestHistory.secondEpoch, own: nil, .missing)])
        #expect(try first(later.counting(in: TestHistory.secondEpoch, try new.statement())).provenVersion == 3)
    }

    @Test func anEventOfALargerEpochFromTheBusOrTheStreamMakesTheWatcherReadTheWholeVersion() throws {
        let answer = answer(new.version(2), try new.statement())
        for isFromStream in [false, true] {
            var state = try state()
            let actions = isFromStream ? state.served(new.event(2), at: now) : state.announced(new.event(2), at: now)
            #expect(actions.provenVersion == nil && actions.refusals.isEmpty)
            let request = try #require(actions.request)
            #expect(!request.isAboutClaim)
            #expect(state.received(answer, to: request, at: now).provenVersion == 2)
        }
    }

    @Test func aForcedReloadFollowsAnyEpochBecauseItIsRequestedHere() throws {
        var state = try state()
        let request = try #require(state.demand(isForced: true, at: now).actions.request)
        #expect(state.received(answer(old.version(3), nil), to: request, at: now).provenVersion == 3)
    }

    @Test func signedEventsOfTheEpochThatIsFollowedNeedNoStatementAndNoRead() throws {
        let history = try TestHistory.numbered(8, signer: signer)
        var state = try state()
        #expect(state.announced(history.event(8), at: now).provenVersion == 8)
    }
}
