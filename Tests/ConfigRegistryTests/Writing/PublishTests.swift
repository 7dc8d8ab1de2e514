import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import Synchronization
import TestSupport
import Testing

@Suite("Publishing", .timeLimit(.minutes(1)))
struct PublishTests {
    let fixture = Fixture()
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    @Test func theFirstVersionIsCreatedTheNextOnesAreUpdatesEachChainedToTheOneBefore() async throws {
        let registry = try await fixture.registry()
        for number in 1...3 { try await registry.publish(number, to: key) }
        let history = try await fixture.history(of: key)
        #expect(history.map(\.version) == [1, 2, 3])
        #expect(history.map(\.changeType) == [.created, .updated, .updated])
        #expect(history.map(\.previousHash) == [nil, history[0].recordHash, history[1].recordHash])
        #expect(history.allSatisfy { $0.recordHash == $0.computedRecordHash })
        #expect(history.allSatisfy { $0.epoch == registry.epoch })
        #expect(history[2].content == (try Content.numbered(3)))
    }

    @Test func theResponseIsWhatWasStored() async throws {
        let registry = try await fixture.registry()
        let published = try await registry.publish(1, to: key)
        #expect(try await fixture.store.head(of: key)?.record == published.record)
        #expect(!published.isReplay)
    }

    @Test func whoWhyAndTheCorrelationIdentifierAreKept() async throws {
        let registry = try await fixture.registry()
        let origin = ChangeOrigin(
            author: "ada", comment: "first\nsecond", changeID: "c-1", isChangeIDFromClient: true,
            correlationID: "request-7")
        let record = try await registry.publish(
            ChangeRequest(.publish(.numbered(1), .create), of: key, origin: origin)
        ).record
        #expect(record.createdBy == "ada")
        #expect(record.comment == "first\nsecond")
        #expect(record.changeID == "c-1")
        #expect(record.correlationID == "request-7")
    }

    @Test func aVersionIsNeverOlderThanTheOneBeforeEvenIfTheClockGoesBack() async throws {
        let time = Mutex<Int64>(2_000)
        let fixture = Fixture { $0.now = { Timestamp(milliseconds: time.withLock { $0 }) } }
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        time.withLock { $0 = 1_000 }
        try await registry.publish(2, to: key)
        time.withLock { $0 = 3_000 }
        try await registry.publish(3, to: key)
        #expect(try await fixture.history(of: key).map(\.createdAt.milliseconds) == [2_000, 2_000, 3_000])
    }

    @Test func equalContentAgainIsAnotherVersion() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        try await registry.publish(1, to: key)
        #expect(try await fixture.history(of: key).count == 2)
    }

    @Test func aSignerSignsBeforeTheVersionIsStored() async throws {
        let signer = try RecordSigner.generate()
        let registry = try await fixture.registry(signer: signer)
        try await registry.publish(1, to: key)
        let record = try #require(try await fixture.history(of: key).first)
        let trusted = try TrustedKeys(parsing: signer.publicKey.text)
        try trusted.verify(record.signedFacts, signature: record.signature)
    }

    @Test func aReadRightAfterAPublishShowsItWithoutAReadOfTheStore() async throws {
        let fixture = Fixture.lasting
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let reads = fixture.store.control.reads
        #expect(registry.cachedHead(of: key)?.record.version == 1)
        #expect(try await registry.head(of: key)?.record.version == 1)
        #expect(fixture.store.control.reads == reads)
    }

    @Test func theSecondPublishOfADocumentReadsNothing() async throws {
        let fixture = Fixture.lasting
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        let reads = fixture.store.control.reads
        try await registry.publish(2, to: key)
        #expect(fixture.store.control.reads == reads)
    }

    @Test func whatIsMadeIsCountedByKind() async throws {
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        try await registry.publish(2, to: key)
        try await registry.publish(3, to: key)
        try await registry.delete(key)
        let counters = registry.counters
        #expect(counters.configsCreated == 1)
        #expect(counters.configsUpdated == 2)
        #expect(counters.configsDeleted == 1)
    }
}
