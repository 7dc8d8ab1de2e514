import ConfigModel
import ConfigSignatures
import Testing

@Suite("A key with scopes counts for nothing outside of them")
struct TrustedKeyScopeTests {
    private let signer: RecordSigner
    private let other: RecordSigner

    init() throws {
        (signer, other) = (try .generate(), try .generate())
    }

    private func trusted(_ scopes: String) throws -> TrustedKeys {
        try TrustedKeys(parsing: "\(signer.publicKey.text)  staging \(scopes)\n\(other.publicKey.text)\n")
    }

    private func failure(_ keys: TrustedKeys, _ document: String, by signer: RecordSigner? = nil) throws
        -> SignatureFailure?
    {
        let key = try DocumentKey(parsing: document)
        let record = try Sample.record(service: key.service, environment: key.environment)
        do {
            try keys.verify(record.signedFacts, signature: (signer ?? self.signer).sign(record))
            return nil
        } catch let failure as SignatureFailure {
            return failure
        }
    }

    @Test(
        arguments: [
            ("#/staging", "parsing/staging", true), ("#/staging", "parsing/prod", false),
            ("#/staging", "parsing/default", false), ("tenants.acme.#/prod", "tenants.acme/prod", true),
            ("tenants.acme.#/prod", "tenants.acme.monitors/prod", true),
            ("tenants.acme.#/prod", "tenants.acme2/prod", false),
            ("tenants.*.x/*", "tenants.acme.x/prod", true), ("tenants.*.x/*", "tenants.acme.y.x/prod", false),
            ("a/prod b/prod", "b/prod", true), ("a/prod b/prod", "c/prod", false), ("#/*", "parsing/prod", true),
        ])
    func versions(scopes: String, document: String, isTrusted: Bool) throws {
        let keys = try trusted(scopes)
        let failure = try failure(keys, document)
        #expect(failure == (isTrusted ? nil : .outOfScope(keyID: signer.keyID, scopes: scopes)))
        if let failure { #expect("\(failure)".contains("trusted for \(scopes) only")) }
        // A key without scopes beside it counts for all.
        #expect(try self.failure(keys, document, by: other) == nil)
    }

    @Test func theStatementThatAnotherEpochCountsToo() throws {
        let statement = try EpochStatement(
            epoch: Epoch(number: 9, identifier: "0f8fad5b-d9cb-469f-a165-70867728950e"), previous: Sample.epoch,
            at: Timestamp(milliseconds: 0), reason: "restored", signer: signer)
        let keys = try trusted("#/staging")
        try keys.verify(statement, of: statement.epoch, for: DocumentKey(parsing: "parsing/staging"))
        let refusal = SignatureFailure.outOfScope(keyID: signer.keyID, scopes: "#/staging")
        for document in [try DocumentKey(parsing: "parsing/prod"), nil] {
            #expect(throws: refusal) { try keys.verify(statement, of: statement.epoch, for: document) }
        }
    }

    @Test func noScopeMeansAReservedDocument() throws {
        let record = try VersionRecord(
            key: DocumentKey(service: "parsing", reserved: "schema"), version: 1, changeType: .created, content: .empty,
            previousHash: nil, epoch: Sample.epoch, changeID: "c", createdAt: Timestamp(milliseconds: 0),
            createdBy: "m",
            comment: "")
        let signature = try signer.sign(record)
        #expect(throws: SignatureFailure.self) {
            try trusted("#/*").verify(record.signedFacts, signature: signature)
        }
        try TrustedKeys([signer.publicKey]).verify(record.signedFacts, signature: signature)
    }

    @Test func namesAndScopesAreReadAsTheyWereWritten() throws {
        let text =
            "ed25519-public \(signer.publicKey.text)\tthe old  one  #/staging\ta.#/*\n\(other.publicKey.text) b/prod\n"
        let keys = try TrustedKeys(parsing: text)
        #expect(keys.keys == [signer.publicKey, other.publicKey])
        #expect(keys.entries.map(\.name) == ["the old one", nil])
        #expect(keys.entries.map(\.scopeText) == ["#/staging a.#/*", "b/prod"])
        let again = try TrustedKeys(parsing: keys.entries.map(\.keyFileLine).joined(separator: "\n"))
        #expect(again.entries.map(\.scopes) == keys.entries.map(\.scopes) && again.keys == keys.keys)
    }

    @Test(arguments: [
        "/", "#/", "/prod", "a/b/c", "a.#.b/prod", "#/prod name", "a/~schema", "https://example.org", "a b/c d",
    ])
    func whatIsNoScopeIsRefusedWithItsLineAndNotShown(scopes: String) throws {
        let text = "# keys\n\(signer.publicKey.text) name \(scopes)\n"
        let error = try #require(throws: KeyFileError.self) { try TrustedKeys(parsing: text) }
        #expect(error.line == 2 && error.reason.contains("scopes"))
        #expect(!error.description.contains("example.org"))
    }

    @Test func aKeyThatStandsTwiceWithDifferentScopesIsRefusedOneOfThemWouldNotCount() throws {
        let key = signer.publicKey.text
        #expect(throws: KeyFileError.self) { try TrustedKeys(parsing: "\(key) a #/prod\n\(key) b\n") }
        #expect(throws: KeyFileError.self) { try TrustedKeys(parsing: "\(key) a #/prod\n\(key) b #/test\n") }
        #expect(try TrustedKeys(parsing: "\(key) a #/prod\n\(key) b #/prod\n").keys.count == 2)
    }

    @Test func theKeysOfAuditsHaveNone() throws {
        let error = #expect(throws: KeyFileError.self) {
            try TrustedKeys(parsing: "\(signer.publicKey.text) eu #/prod", of: .audit)
        }
        #expect(error?.reason.contains("keys of registries") == true)
    }
}
