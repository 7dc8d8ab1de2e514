import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import TestSupport
import Testing

@Suite("A store that holds signed versions takes no unsigned ones", .timeLimit(.minutes(1)))
struct SigningRequiredTests {
    let fixture = Fixture()
    let key: DocumentKey
    let other: DocumentKey

    init() throws {
        key = try .named("parsing/prod")
        other = try .named("other/prod")
    }

    @Test func theStoreSaysSoBeforeTheFirstSignedVersionIsInIt() async throws {
        let keyed = try await fixture.registry(signer: .generate())
        #expect(try await fixture.store.state().signing == .optional)
        fixture.store.control.isAway = true
        await #expect(throws: RegistryError.self) { try await keyed.publish(1, to: key) }
        fixture.store.control.isAway = false
        try await keyed.publish(1, to: key)
        #expect(try await fixture.store.state().signing == .required)
    }

    @Test func aRegistryWithoutTheKeyServesReadsAndRefusesEveryWrite() async throws {
        try await fixture.registry(signer: .generate()).publish(1, to: key)
        let keyless = try await fixture.registry()
        #expect(try await keyless.head(of: key)?.record.version == 1)
        #expect(await outcomeOf { try await keyless.publish(2, to: key) } == "signingRequired")
        #expect(await outcomeOf { try await keyless.publish(2, to: other, .create) } == "signingRequired")
        #expect(await outcomeOf { try await keyless.rollback(key, to: 1) } == "signingRequired")
        #expect(await outcomeOf { try await keyless.delete(key) } == "signingRequired")
        #expect(await outcomeOf { try await keyless.delete(other) } == "signingRequired")
        #expect(try await fixture.history(of: key).map(\.version) == [1])
        #expect(try await fixture.history(of: other).isEmpty)
    }

    @Test func aRegistryWithoutTheKeyIsDegradedAndSaysWhatToDoOneWithItIsNotAndNoneIsWithoutTheRule() async throws {
        let healthy = try await fixture.registry().health()
        #expect(!healthy.signing.isKeyMissing && healthy.signing.rule == .optional)
        let keyed = try await fixture.registry(signer: .generate())
        try await keyed.publish(1, to: key)
        #expect(await keyed.health().signing == SigningStatus(rule: .required, signs: true))
        let keyless = await (try fixture.registry()).health()
        #expect(keyless.signing.isKeyMissing && keyless.status == .degraded)
        #expect(keyless.signing.problem?.contains("--signing-key") == true)
        try await fixture.store.setSigning(.off)
        #expect(await (try fixture.registry()).health().signing.problem == nil)
    }

    @Test func theKeysOfTheNewestVersionsOneThatSignedNoneOfThemIsAStrangerUnlessNothingIsSigned() async throws {
        let (old, new, stranger) = (
            try RecordSigner.generate(), try RecordSigner.generate(), try RecordSigner.generate()
        )
        #expect(try await !fixture.store.check(stranger.publicKey).isStranger)
        try await fixture.registry().publish(1, to: other)
        #expect(try await !fixture.store.check(stranger.publicKey).isStranger, "an unsigned one")
        try await fixture.registry(signer: old).publish(1, to: key)
        try await fixture.registry(signer: new).publish(1, to: .named("third/prod"))
        for signer in [old, new] { #expect(try await fixture.store.check(signer.publicKey).isKnown) }
        let check = try await fixture.store.check(stranger.publicKey)
        #expect(check.isStranger && Set(check.others) == [old.keyID, new.keyID])
    }

    @Test func aRegistryThatRanBeforeWritesNothingOverASignedVersionHoweverShortAgoItWasSigned() async throws {
        let keyless = try await fixture.registry()
        try await keyless.publish(1, to: key)
        try await fixture.registry(signer: .generate()).publish(2, to: key)
        #expect(await outcomeOf { try await keyless.publish(3, to: key) } == "signingRequired")
        #expect(try await fixture.history(of: key).map { $0.signature != nil } == [false, true])
    }

    @Test func aRegistryThatRunsMeanwhileRefusesOtherDocumentsTooAsSoonAsItHasReadTheStoreAgain() async throws {
        let fixture = Fixture { $0.epochPeriod = .milliseconds(5) }
        try await fixture.withRunningRegistry { keyless in
            try await fixture.registry(signer: .generate()).publish(1, to: key)
            try await eventually("the rule is known") {
                await outcomeOf { try await keyless.publish(1, to: other) } == "signingRequired"
            }
        }
    }

    @Test func signedVersionsInAStoreThatSaysNothingMakeItSaySo() async throws {
        try await fixture.registry(signer: .generate()).publish(1, to: key)
        try await fixture.store.setSigning(.optional)
        let keyless = try await fixture.registry()
        #expect(await outcomeOf { try await keyless.publish(2, to: key) } == "signingRequired")
        #expect(try await fixture.store.state().signing == .required)
    }

    @Test func whatTheOperatorTookBackIsOffUntilTheNextSignedVersion() async throws {
        try await fixture.registry(signer: .generate()).publish(1, to: key)
        try await fixture.store.setSigning(.off)
        let keyless = try await fixture.registry()
        #expect(await outcomeOf { try await keyless.publish(2, to: key) } == "updated 2")
        try await fixture.registry(signer: .generate()).publish(3, to: key)
        #expect(try await fixture.store.state().signing == .required)
        #expect(await outcomeOf { try await keyless.publish(4, to: key) } == "signingRequired")
    }
}

@Suite("A registry serves the signatures of a new key", .timeLimit(.minutes(1)))
struct RenewedSignatureTests {
    @Test func asSoonAsItReadsAHeadAgainWithoutARestartAndAnnouncesNothing() async throws {
        let fixture = Fixture { $0.headLifetime = .milliseconds(1) }
        let (key, old, new) = (
            try DocumentKey.named("parsing/prod"), try RecordSigner.generate(), try RecordSigner.generate()
        )
        let registry = try await fixture.registry(signer: old)
        try await registry.publish(1, to: key)
        let before = try #require(try await registry.head(of: key)?.record)
        #expect(before.signature?.keyID == old.keyID)
        let renewal = try SignatureRenewal(in: fixture.store, from: TrustedKeys([old.publicKey]), to: new)
        #expect(try await renewal.renew() == 1)
        let after = try await eventually("the new signature") {
            let record = try await registry.head(of: key)?.record
            return record?.signature?.keyID == new.keyID ? record : nil
        }
        #expect(after.unsigned == before.unsigned)
        try TrustedKeys([new.publicKey]).verify(after.signedFacts, signature: after.signature)
    }
}

@Suite("A change of the epoch is signed where versions are", .timeLimit(.minutes(1)))
struct EpochChangeTests {
    private let store = InMemoryVersionStore()

    @Test func aRegistryReadsTheNewEpochWithItsStatementAndForgetsWhatItRemembered() async throws {
        var fixture = Fixture()
        fixture.options.headLifetime = .seconds(3_600)
        fixture.options.epochPeriod = .milliseconds(5)
        let key = try DocumentKey.named("parsing/prod")
        let signer = try RecordSigner.generate()
        try await fixture.withRunningRegistry { registry in
            try await registry.publish(1, to: key)
            let before = registry.epoch
            #expect(registry.cachedHead(of: key) != nil)
            let change = try await fixture.store.advanceEpoch(reason: "restored", signer: signer)
            try await eventually("the epoch is noticed") { registry.epoch == change.after }
            #expect(registry.cachedHead(of: key) == nil)
            #expect(registry.statement(about: change.after) == change.statement)
            #expect(registry.statement(about: before) == nil)
        }
    }

    @Test func withoutTheKeyNothingChanges() async throws {
        try await store.setSigning(.required)
        let before = try await store.state()
        await #expect(throws: EpochChangeError.keyIsMissing) { try await store.advanceEpoch(reason: "restored") }
        #expect(try await store.state() == before)
    }

    @Test func aNumberThatHasNoLargerOneIsRefusedByName() async throws {
        let last = Epoch(number: .max, identifier: "0f8fad5b-d9cb-469f-a165-70867728950e")
        await #expect(throws: EpochChangeError.exhausted(last)) {
            try await InMemoryVersionStore(epoch: last).advanceEpoch(reason: "restored")
        }
    }
}
