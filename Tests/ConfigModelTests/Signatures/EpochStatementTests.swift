import ConfigModel
import ConfigSignatures
import Testing

@Suite struct EpochStatementTests {
    @Test func agreesWithTheVectors() throws {
        let file = try Sample.object(String(decoding: SchemaFile.bytes("vectors/epoch.json"), as: UTF8.self))
        let trusted = try TrustedKeys(parsing: try file.string("public_key"))
        let signer = try RecordSigner(seed: #require(Base64.decode(file.string("private_key"))))
        let vectors = try SchemaFile.vectors("vectors/epoch.json")
        #expect(vectors.count == 3)
        for vector in vectors {
            let statement = try #require(EpochStatement(headerValue: vector.string("header")))
            #expect(statement.epoch.description == (try vector.string("epoch")))
            #expect(statement.previous.description == (try vector.string("previous_epoch")))
            #expect(statement.at.description == (try vector.string("at")))
            #expect(statement.reason == (try vector.string("reason")))
            #expect(statement.signature.signature == (try vector.string("signature")))
            #expect(SHA256Text.hexadecimal(statement.framing) == (try vector.string("framing_hex")))
            #expect(statement.headerValue == (try vector.string("header")))
            try trusted.verify(statement, of: statement.epoch)
            let own = try EpochStatement(
                epoch: statement.epoch, previous: statement.previous, at: statement.at, reason: statement.reason,
                signer: signer)
            try trusted.verify(own, of: statement.epoch)
        }
    }

    @Test func coversEverythingThatItSays() throws {
        let statement = try Self.statement()
        let trusted = try TrustedKeys([try Sample.signer().publicKey])
        for (old, new) in [
            (#""epoch":"5-"#, #""epoch":"6-"#), (#""previous_epoch":"4-"#, #""previous_epoch":"3-"#),
            (#""reason":"restored"#, #""reason":"Restored"#), ("2026-11-30T06:00:00.000Z", "2026-11-30T06:00:00.001Z"),
        ] {
            let text = String(decoding: statement.jsonBytes, as: UTF8.self)
            let forged = try #require(EpochStatement(json: Array(text.replacing(old, with: new).utf8)))
            #expect(forged != statement)
            #expect(throws: SignatureFailure.wrong(keyID: statement.signature.keyID)) {
                try trusted.verify(forged, of: forged.epoch)
            }
        }
    }

    @Test func saysNothingAboutAnotherEpoch() throws {
        let statement = try Self.statement()
        let trusted = try TrustedKeys([try Sample.signer().publicKey])
        let other = Epoch(number: statement.epoch.number, identifier: statement.previous.identifier)
        #expect(throws: SignatureFailure.missing) { try trusted.verify(statement, of: other) }
        #expect(throws: SignatureFailure.missing) { try trusted.verify(nil, of: statement.epoch) }
        let stranger = try TrustedKeys([try RecordSigner.generate().publicKey])
        #expect(throws: SignatureFailure.unknownKey(statement.signature.keyID)) {
            try stranger.verify(statement, of: statement.epoch)
        }
    }

    /// A record's signature must never pass for a statement: each begins with a domain of its own.
    @Test func isNoRecord() throws {
        let record = try Sample.signedRecord()
        let statement = try Self.statement()
        #expect(!record.signedFacts.framing.starts(with: statement.framing.prefix(22)))
    }

    @Test(arguments: ["", "e30=", "W10=", "bm90IGpzb24=", "!", "eyJlcG9jaCI6IjUifQ=="])
    func whatIsNoStatementIsNone(header: String) {
        #expect(EpochStatement(headerValue: header) == nil)
    }

    private static func statement() throws -> EpochStatement {
        try EpochStatement(
            epoch: Epoch(number: 5, identifier: "0f8fad5b-d9cb-469f-a165-70867728950e"),
            previous: Epoch(number: 4, identifier: "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
            at: try #require(Timestamp(parsing: "2026-11-30T06:00:00.000Z")), reason: "restored",
            signer: try Sample.signer())
    }
}

@Suite struct NextEpochTests {
    /// A backup that is restored twice must not give one number twice.
    @Test(
        arguments: [
            (1, 1_795_989_600_999, 1_795_989_600), (1, 0, 2), (7, 7_999, 8),
            (1_795_989_600, 1_795_989_600_000, 1_795_989_601),
            (.max - 1, 0, .max),
        ] as [(Int64, Int64, Int64)])
    func numberIsTheNextOrTheTime(number: Int64, milliseconds: Int64, expected: Int64) throws {
        let epoch = Epoch(number: number, identifier: "0f8fad5b-d9cb-469f-a165-70867728950e")
        let next = try #require(epoch.next(at: Timestamp(milliseconds: milliseconds)))
        #expect(next.number == expected)
        #expect(next.identifier != epoch.identifier)
    }

    @Test func thereIsNothingBehindTheLargest() {
        let epoch = Epoch(number: .max, identifier: "0f8fad5b-d9cb-469f-a165-70867728950e")
        #expect(epoch.next(at: Timestamp(milliseconds: 0)) == nil)
    }
}
