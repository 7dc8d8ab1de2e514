import ConfigModel
import ConfigSignatures
import ConfigStore
import MongoStore
import SQLiteStore
import TestSupport
import Testing

/// A store whose call fails that a test says.
private actor EndedStore: SignatureStore, EpochStore {
    private let store: any RegistryStore
    private var callsLeft: Int
    private let isApplied: Bool

    /// - Parameters:
    ///   - calls: the calls that succeed before one fails.
    ///   - isApplied: whether the one that fails has done its work all the same.
    init(_ store: any RegistryStore, after calls: Int, isApplied: Bool) {
        self.store = store
        callsLeft = calls
        self.isApplied = isApplied
    }

    private func passing<Value: Sendable>(
        _ call: @Sendable () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        callsLeft -= 1
        if callsLeft >= 0 { return try await call() }
        if isApplied { _ = try await call() }
        throw .unavailable("the process was ended")
    }

    func state() async throws(StoreError) -> StoreState {
        try await passing { [store] () throws(StoreError) in try await store.state() }
    }

    func replaceEpoch(
        _ current: Epoch, by next: Epoch, statement: EpochStatement?
    ) async throws(StoreError) -> Bool {
        try await passing { [store] () throws(StoreError) in
            try await store.replaceEpoch(current, by: next, statement: statement)
        }
    }

    func setSigning(_ rule: SigningRule) async throws(StoreError) { try await store.setSigning(rule) }

    func noteSchemaChange() async throws(StoreError) { try await store.noteSchemaChange() }

    func outlines(after version: VersionIdentity?, limit: Int) async throws(StoreError) -> OutlinePage {
        try await passing { [store] () throws(StoreError) in try await store.outlines(after: version, limit: limit) }
    }

    func replaceSignatures(_ changes: [SignatureChange]) async throws(StoreError) {
        try await passing { [store] () throws(StoreError) in try await store.replaceSignatures(changes) }
    }
}

@Suite("A new key takes the place of an old one", .timeLimit(.minutes(1)))
struct SignatureRenewalTests {
    private let old: RecordSigner
    private let new: RecordSigner
    private let stranger: RecordSigner
    private let oldKeys: TrustedKeys
    private let newKeys: TrustedKeys

    init() throws {
        (old, new, stranger) = (try .generate(), try .generate(), try .generate())
        oldKeys = try TrustedKeys([try RecordSigner.generate().publicKey, old.publicKey])
        newKeys = try TrustedKeys([new.publicKey])
    }

    /// Documents whose versions the old key signed, and a statement about the epoch.
    private func fill(_ store: some RegistryStore, documents: Int = 5, versions: Int = 4) async throws {
        try await store.setSigning(.required)
        _ = try await store.advanceEpoch(reason: "restored", signer: old)
        for document in 0..<documents {
            var chain = try VersionChain("service-\(document)/prod")
            for number in 1...versions { try await append(chain.next(#"{"n":\#(number)}"#), old, to: store) }
        }
    }

    private func append(_ record: VersionRecord, _ signer: RecordSigner?, to store: some RegistryStore) async throws {
        let signed = record.signed(try signer.map { try $0.sign(record) })
        #expect(try await store.append(signed) == .stored)
    }

    private func all(_ store: some RegistryStore) async throws -> [VersionRecord] {
        let outlines = try await store.outlines(after: nil, limit: 1_000)
        let identities = outlines.map { VersionIdentity(key: $0.key, version: $0.version) }
        return try await store.versions(identities).map(\.record).sorted {
            VersionIdentity.precedes(
                VersionIdentity(key: $0.key, version: $0.version), VersionIdentity(key: $1.key, version: $1.version))
        }
    }

    private func renewsEverything(in store: some RegistryStore) async throws {
        try await fill(store)
        let before = try await all(store)
        let renewal = try SignatureRenewal(in: store, from: oldKeys, to: new, pageSize: 3)
        let survey = try await renewal.survey()
        #expect(survey.renewable == 20 && survey.renewed == 0 && survey.others == 0)
        #expect(survey.statement == .renewable && !survey.isComplete)
        #expect(try await all(store) == before, "a survey changes nothing")
        #expect(try await renewal.renew() == 20)
        let report = try await renewal.survey()
        #expect(report.isComplete && report.renewed == 20 && report.statement == .renewed)
        let after = try await all(store)
        #expect(after.map(\.unsigned) == before.map(\.unsigned), "nothing but signatures changed")
        for record in after { try newKeys.verify(record.signedFacts, signature: record.signature) }
        let state = try await store.state()
        try newKeys.verify(state.statement, of: state.epoch)
        #expect(try await renewal.renew() == 0)
        #expect(try await all(store) == after)
    }

    @Test func inTheEmbeddedStoreAllVersionsAndTheEpochsStatementGetItsSignatureAndNothingElseChanges() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await renewsEverything(in: store)
            await store.close()
        }
    }

    @Test(.enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"))
    func inMongoDBToo() async throws {
        try await MongoDatabase.withStore { store, _ in try await renewsEverything(in: store) }
    }

    @Test func whatAnOldKeyDidNotSignIsLeftAsItIsAndNamed() async throws {
        let store = InMemoryVersionStore()
        try await fill(store, documents: 1)
        var chain = try VersionChain("others/prod")
        try await append(chain.next(), nil, to: store)
        try await append(chain.next(#"{"n":2}"#), stranger, to: store)
        let forged = chain.next(#"{"n":3}"#)
        let claimed = RecordSignature(signature: try stranger.sign(forged).signature, keyID: old.keyID)
        #expect(try await store.append(forged.signed(claimed)) == .stored)
        let claimedNew = RecordSignature(signature: try stranger.sign(forged).signature, keyID: new.keyID)
        #expect(try await store.append(chain.next(#"{"n":4}"#).signed(claimedNew)) == .stored)
        try await append(chain.next(#"{"n":5}"#), old, to: store)
        store.damage(5, of: chain.key)
        let before = try await all(store).filter { $0.key == chain.key }
        let renewal = try SignatureRenewal(in: store, from: oldKeys, to: new)
        #expect(try await renewal.renew() == 4)
        let report = try await renewal.survey()
        #expect(report.renewed == 4 && report.renewable == 0 && report.others == 5 && !report.isComplete)
        #expect(report.named.map(\.version) == [1, 2, 3, 4, 5] || report.named.count == 5)
        let reasons = Dictionary(report.named.map { ($0.version ?? 0, $0.reason) }) { first, _ in first }
        #expect(reasons[1] == "It is not signed.")
        #expect(reasons[2]?.contains("neither an old key nor the new one") == true)
        #expect(reasons[3]?.contains("the key \(old.keyID) did not sign this") == true)
        #expect(reasons[4]?.contains("neither an old key nor the new one") == true)
        #expect(reasons[5]?.contains("damaged") == true)
        #expect(try await all(store).filter { $0.key == chain.key } == before)
    }

    @Test func theStatementAboutAnEpochThatNoOldKeySignedStaysAsItIs() async throws {
        let store = InMemoryVersionStore()
        let change = try await store.advanceEpoch(reason: "stolen", signer: stranger)
        let renewal = try SignatureRenewal(in: store, from: oldKeys, to: new)
        #expect(try await renewal.renew() == 0)
        #expect(try await store.state().statement == change.statement)
        let report = try await renewal.survey()
        guard case .other = report.statement else {
            Issue.record("\(String(describing: report.statement))")
            return
        }
        #expect(!report.isComplete)
    }

    @Test func versionsThatARegistrySignsWithTheOldKeyMeanwhileAreFound() async throws {
        let store = InMemoryVersionStore()
        try await fill(store)
        let renewal = try SignatureRenewal(in: store, from: oldKeys, to: new)
        _ = try await renewal.renew()
        var chain = try VersionChain("late/prod")
        try await append(chain.next(), old, to: store)
        let report = try await renewal.survey()
        #expect(report.renewable == 1 && report.renewed == 20 && !report.isComplete)
    }

    /// Of 20 versions in pages of 3: two calls for the statement, then two for each page.
    @Test(arguments: [false, true])
    func endedAtAnyCallWithItsWorkDoneOrNotItGoesOnWhereItWas(isApplied: Bool) async throws {
        for calls in 0...15 {
            let store = InMemoryVersionStore()
            try await fill(store)
            let before = try await all(store)
            let ended = EndedStore(store, after: calls, isApplied: isApplied)
            await #expect(throws: RenewalError.self, "after \(calls) calls") {
                try await SignatureRenewal(in: ended, from: oldKeys, to: new, pageSize: 3).renew()
            }
            let both = try TrustedKeys([old.publicKey, new.publicKey])
            for record in try await all(store) {
                try both.verify(record.signedFacts, signature: record.signature)
            }
            let state = try await store.state()
            try both.verify(state.statement, of: state.epoch)
            let renewal = try SignatureRenewal(in: store, from: oldKeys, to: new, pageSize: 3)
            _ = try await renewal.renew()
            #expect(try await renewal.survey().isComplete)
            #expect(try await all(store).map(\.unsigned) == before.map(\.unsigned))
        }
    }
}
