import ConfigModel
import ConfigSignatures
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Proof with trusted keys: everything from every source must be signed")
struct SignatureTests {
    private let now = Instant.now
    private let signer: RecordSigner
    private let history: TestHistory

    init() throws {
        signer = try RecordSigner.generate()
        history = try .numbered(9, signer: signer)
    }

    /// What an attacker makes of version 5.
    enum Forgery: CaseIterable {
        case stripped
        case otherKey
        case unknownKeyID
        case signatureOfAnotherVersion
        case otherContentSameSignature

        func forge(_ history: TestHistory) throws -> VersionRecord {
            let record = history.version(5)
            switch self {
            case .stripped: return record.unsigned
            case .otherKey:
                let stranger = try RecordSigner.generate().sign(record)
                return record.signed(
                    RecordSignature(signature: stranger.signature, keyID: record.signature?.keyID ?? ""))
            case .unknownKeyID: return record.signed(try RecordSigner.generate().sign(record))
            case .signatureOfAnotherVersion: return record.signed(history.version(4).signature)
            case .otherContentSameSignature:
                let lie = try TestHistory(contents: (1...5).map { "{\"evil\":\($0)}" })
                return lie.version(5).signed(record.signature)
            }
        }
    }

    @Test func aSignedEventAboveABaselineIsAppliedFromItsOwnContentWithoutARead() throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let actions = state.announced(history.event(5), at: now)
        #expect(actions.provenVersion == 5 && actions.request == nil)
        #expect(state.counters.gaps == 1)
    }

    @Test(
        arguments: Forgery.allCases
    )
    func nothingOfAForgedEventGoesIntoTheQuestionNotEvenWhatMayBeTrueOfIt(_ forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let event = ConfigEvent(try forgery.forge(history))
        let request = try #require(state.announced(event, at: now).request)
        #expect(!request.isAboutClaim && request.etag == "\"1.3\"")
    }

    @Test func aSignedTombstoneIsAProofToo() throws {
        var history = history
        try history.delete()
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(9), at: now)
        #expect(state.announced(history.event(10), at: now).provenVersion == 10)
    }

    @Test func withoutABaselineEvenASignedEventOnlyMakesTheWatcherRead() throws {
        var state = try ProofState.make(trusting: signer, at: now)
        let actions = state.announced(history.event(5), at: now)
        #expect(actions.provenVersion == nil && actions.request?.minimumVersion == 5)
    }

    @Test func aSignedEventOfALargerEpochOnlyMakesTheWatcherRead() throws {
        let new = try TestHistory.numbered(3, epoch: TestHistory.secondEpoch, signer: signer)
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(5), at: now)
        let actions = state.announced(new.event(3), at: now)
        #expect(actions.provenVersion == nil && actions.request?.epoch == TestHistory.secondEpoch)
    }

    @Test func aSignedEventWithoutItsContentIsReadAtOnce() throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let request = try #require(state.announced(history.event(5, inlineLimit: 0), at: now).request)
        #expect(request.minimumVersion == 5)
        let actions = state.received(.version(DocumentVersion(history.version(5)).asServed), to: request, at: now)
        #expect(actions.provenVersion == 5)
    }

    @Test(arguments: Forgery.allCases)
    func aForgedEventIsRefusedAndReportedAndOnlyMakesTheWatcherRead(forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let actions = state.announced(ConfigEvent(try forgery.forge(history)), at: now)
        #expect(actions.provenVersion == nil)
        #expect(actions.refusals.count == 1)
        #expect(actions.request?.minimumVersion == 5)
        #expect(state.counters.refusedSignatures == 1)
        #expect(state.newest?.version == 3)
    }

    @Test(arguments: Forgery.allCases)
    func aForgedAnswerOfTheRegistryIsRefusedAndReportedOnce(forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let answer = SourceResponse.version(DocumentVersion(try forgery.forge(history)).asServed)
        #expect(state.received(answer, to: try .plain(at: now), at: now).refusals.count == 1)
        #expect(state.received(answer, to: try .plain(at: now), at: now).refusals.isEmpty)
        #expect(state.newest?.version == 3)
    }

    @Test(arguments: Forgery.allCases)
    func aForgedEventOnTheRegistrysStreamIsRefusedAndReported(forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let actions = state.served(ConfigEvent(try forgery.forge(history)), at: now)
        #expect(actions.provenVersion == nil && actions.refusals.count == 1)
    }

    @Test(arguments: Forgery.allCases)
    func aForgedFirstResponseIsNoBaseline(forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        let answer = SourceResponse.version(DocumentVersion(try forgery.forge(history)).asServed)
        #expect(state.received(answer, to: try .plain(at: now), at: now).provenVersion == nil)
        #expect(state.newest == nil && !state.hasBaseline)
    }

    @Test(arguments: Forgery.allCases)
    func aForcedReloadStillWantsASignature(forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let request = try #require(state.demand(isForced: true, at: now).actions.request)
        let answer = SourceResponse.version(DocumentVersion(try forgery.forge(history)).asServed)
        #expect(state.received(answer, to: request, at: now).provenVersion == nil)
        #expect(state.newest?.version == 3)
    }

    @Test(arguments: Forgery.allCases)
    func whatLayInTheCacheMustBeSigned(forgery: Forgery) throws {
        var state = try ProofState.make(trusting: signer, at: now)
        #expect(!state.restore(DocumentVersion(try forgery.forge(history))).isEmpty)
        #expect(state.newest == nil && !state.hasBaseline)
    }

    @Test func whatLayInTheCacheIsABaselineWhenItIsSigned() throws {
        var state = try ProofState.make(trusting: signer, at: now)
        #expect(state.restore(DocumentVersion(history.version(3))).isEmpty)
        #expect(state.announced(history.event(4), at: now).provenVersion == 4)
    }

    @Test(arguments: [(versions: 5...5, reports: 1), (5...9, 3)])
    func aFloodOfForgeriesIsCountedEachIsReportedOnceAndOneASecondAtMost(_ versions: ClosedRange<Int>, _ expected: Int)
        throws
    {
        var state = try ProofState.make(trusting: signer, at: now)
        state.prove(history.version(3), at: now)
        let forgeries = versions.map { ConfigEvent(history.version($0).unsigned) }
        var reports = 0
        for millisecond in 0..<3_000 {
            let moment = now + .milliseconds(millisecond)
            reports += state.announced(forgeries[millisecond % forgeries.count], at: moment).refusals.count
        }
        #expect(reports == expected)
        #expect(state.counters.refusedSignatures == 3_000)
    }

    @Test func whatLayInTheCacheIsRefusedAlsoWhenTheRegistryHasSaidTheSameBeforeAndReportedOnce() throws {
        let keys = try TrustedKeys([RecordSigner.generate().publicKey])
        var state = WatchState(
            key: history.key, isOverlay: false, options: WatchOptions(trustedKeys: keys), now: now)
        let served = DocumentVersion(history.version(5)).asServed
        let first = state.receive(.received(.version(served), try .plain(at: now)), at: now)
        let cached = CachedLayers(layers: DocumentLayers(main: served), age: .zero)
        let second = state.receive(.restored(cached), at: now)
        let reports = [first, second].map { $0.filter { if case .report = $0 { true } else { false } }.count }
        #expect(reports == [1, 0])
        #expect(state.reloads.start.cached == nil && state.proofs.main.newest == nil)
    }

    @Test func whatAnEventTheCacheAndTheRegistrySayOfOneVersionIsOneRejectionInANewEpochToo() throws {
        let wrong = try RecordSigner.generate()
        var state = try ProofState.make(trusting: wrong, at: now)
        var served = DocumentVersion(history.version(5)).asServed
        #expect(!state.restore(served).isEmpty)
        #expect(state.announced(history.event(5), at: now).refusals.isEmpty)
        #expect(state.received(.version(served), to: try .plain(at: now), at: now).refusals.isEmpty)
        served = DocumentVersion(
            key: served.key, version: served.version, epoch: TestHistory.secondEpoch, recordEpoch: served.recordEpoch,
            changeType: served.changeType, content: served.content, recordHash: served.recordHash,
            signature: served.signature)
        #expect(state.received(.version(served), to: try .plain(at: now), at: now).refusals.isEmpty)
        #expect(state.served(history.event(6), at: now).refusals.count == 1, "another version")
    }
}
