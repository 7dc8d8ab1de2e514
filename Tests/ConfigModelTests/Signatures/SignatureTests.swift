import ConfigModel
import ConfigSignatures
import Testing

@Suite struct SignatureTests {
    private func vectorFile() throws -> JSONObject {
        try Sample.object(String(decoding: SchemaFile.bytes("vectors/signature.json"), as: UTF8.self))
    }

    private func facts(_ vector: JSONObject) throws -> SignedFacts {
        SignedFacts(
            epoch: try #require(Epoch(parsing: vector.string("epoch"))),
            key: try DocumentKey(service: vector.string("service_name"), environment: vector.string("environment")),
            version: try vector.int64("version"),
            changeType: try #require(ChangeType(rawValue: vector.string("change_type"))),
            contentHash: try vector.string("content_hash"), recordHash: try vector.string("record_hash"))
    }

    @Test func agreesWithTheVectors() throws {
        let file = try vectorFile()
        let trusted = try TrustedKeys(parsing: try file.string("public_key"))
        let signer = try RecordSigner(seed: #require(Base64.decode(file.string("private_key"))))
        #expect(signer.keyID == (try file.string("key_id")))
        #expect(signer.publicKey.text == (try file.string("public_key")))
        let vectors = try SchemaFile.vectors("vectors/signature.json")
        #expect(vectors.count == 5)
        for vector in vectors {
            let facts = try facts(vector)
            #expect(SHA256Text.hexadecimal(facts.framing) == (try vector.string("framing_hex")))
            let signature = RecordSignature(signature: try vector.string("signature"), keyID: signer.keyID)
            try trusted.verify(facts, signature: signature)
        }
    }

    @Test func whatIsSignedVerifies() throws {
        let record = try Sample.signedRecord()
        let trusted = try TrustedKeys([try RecordSigner.generate().publicKey, try Sample.signer().publicKey])
        try trusted.verify(record.signedFacts, signature: record.signature)
        try trusted.verify(ConfigEvent(record).signedFacts, signature: ConfigEvent(record).signature)
    }

    @Test func coversEveryFact() throws {
        let record = try Sample.signedRecord()
        let trusted = try TrustedKeys([try Sample.signer().publicKey])
        let facts = record.signedFacts
        let other = Epoch(number: 2, identifier: facts.epoch.identifier)
        let forgeries = [
            SignedFacts(
                epoch: other, key: facts.key, version: 7, changeType: .updated, contentHash: facts.contentHash,
                recordHash: facts.recordHash),
            SignedFacts(
                epoch: facts.epoch, key: try DocumentKey(parsing: "parsing/test"), version: 7, changeType: .updated,
                contentHash: facts.contentHash, recordHash: facts.recordHash),
            SignedFacts(
                epoch: facts.epoch, key: facts.key, version: 8, changeType: .updated, contentHash: facts.contentHash,
                recordHash: facts.recordHash),
            SignedFacts(
                epoch: facts.epoch, key: facts.key, version: 7, changeType: .created, contentHash: facts.contentHash,
                recordHash: facts.recordHash),
            SignedFacts(
                epoch: facts.epoch, key: facts.key, version: 7, changeType: .updated, contentHash: Content.empty.hash,
                recordHash: facts.recordHash),
            SignedFacts(
                epoch: facts.epoch, key: facts.key, version: 7, changeType: .updated, contentHash: facts.contentHash,
                recordHash: Content.empty.hash),
        ]
        for forgery in forgeries {
            #expect(throws: SignatureFailure.wrong(keyID: try Sample.signer().keyID)) {
                try trusted.verify(forgery, signature: record.signature)
            }
        }
    }

    @Test func refusesWhatNobodyTrustedSigned() throws {
        let record = try Sample.signedRecord()
        let signature = try #require(record.signature)
        let stranger = try RecordSigner.generate()
        let trusted = try TrustedKeys([try Sample.signer().publicKey])
        func verify(_ signature: RecordSignature?) throws {
            try trusted.verify(record.signedFacts, signature: signature)
        }
        #expect(throws: SignatureFailure.missing) { try verify(nil) }
        #expect(throws: SignatureFailure.unknownKey(stranger.keyID)) { try verify(try stranger.sign(record)) }
        let claimed = RecordSignature(signature: try stranger.sign(record).signature, keyID: signature.keyID)
        #expect(throws: SignatureFailure.wrong(keyID: signature.keyID)) { try verify(claimed) }
        for malformed in ["", "!", "AAAA", signature.signature + "\n", String(signature.signature.dropLast())] {
            #expect(throws: SignatureFailure.malformed) {
                try verify(RecordSignature(signature: malformed, keyID: signature.keyID))
            }
        }
    }

    @Test func refusesASignatureWithAnyBitFlipped() throws {
        let record = try Sample.signedRecord()
        let signature = try #require(record.signature)
        let bytes = try #require(Base64.decode(signature.signature))
        let key = try Sample.signer().publicKey
        for bit in 0..<bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            #expect(!key.verifies(flipped, of: record.signedFacts.framing))
        }
    }
}
