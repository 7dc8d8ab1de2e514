import ConfigModel
import ConfigSignatures
import ConfigStore
import Testing

/// What a change of the signing key needs.
extension VersionStoreConformance {
    func everyVersionIsWalked() async throws {
        var expected: [VersionIdentity] = []
        let keys =
            try ["b/prod", "a.b/prod", "a/prod", "a/default", "a-b/prod"].map { try DocumentKey(parsing: $0) }
            + [DocumentKey(service: "a", reserved: "schema")]
        for key in keys {
            var chain = VersionChain(key)
            for number in 1...3 {
                let record = number == 2 ? chain.tombstone() : chain.next(#"{"n":\#(number)}"#)
                _ = try await store.append(record)
                expected.append(VersionIdentity(key: record.key, version: record.version))
            }
        }
        expected.sort(by: VersionIdentity.precedes)
        for pageSize in [1, 4, 17, 18, 100] {
            var walk = VersionWalk(pageSize: pageSize)
            var found: [VersionIdentity] = []
            var goesOn = true
            while goesOn {
                let page = try await store.outlines(after: walk.position, limit: walk.limit)
                #expect(page.damaged.isEmpty)
                found += page.map { VersionIdentity(key: $0.key, version: $0.version) }
                goesOn = walk.pass(page)
            }
            #expect(found == expected, "in pages of \(pageSize)")
        }
    }

    func signaturesAreReplaced() async throws {
        let (old, new) = (try RecordSigner.generate(), try RecordSigner.generate())
        var chain = try VersionChain("parsing/prod")
        var records: [VersionRecord] = []
        for number in 1...4 {
            let record = chain.next(#"{"n":\#(number)}"#)
            try records.append(number == 4 ? record : record.signed(old.sign(record)))
            _ = try await store.append(records[number - 1])
        }
        func change(_ number: Int, before: RecordSignature? = nil) throws -> SignatureChange {
            let record = records[number - 1]
            return SignatureChange(
                of: VersionIdentity(key: record.key, version: record.version), recordHash: record.recordHash,
                before: try before ?? record.signature ?? old.sign(record), after: try new.sign(record))
        }
        let stranger = RecordSignature(signature: try #require(records[1].signature).signature, keyID: new.keyID)
        let changes = [try change(1), try change(2, before: stranger), try change(4)]
        // Twice: the response got lost. One with another signature, and one without, stay.
        for _ in 1...2 { try await store.replaceSignatures(changes) }
        try await store.replaceSignatures([])
        let history = try await store.history(of: chain.key, before: nil, limit: 10).map(\.record).reversed()
        let expected = [records[0].signed(try new.sign(records[0]))] + records[1...]
        #expect(Array(history).map(\.unsigned) == expected.map(\.unsigned))
        #expect(Array(history).map(\.signature?.keyID) == [new.keyID, old.keyID, old.keyID, nil])
        try TrustedKeys([new.publicKey]).verify(records[0].signedFacts, signature: Array(history)[0].signature)
        #expect(try await store.unannounced(limit: 10).versions.count == 4)
    }

    func statementsAreReplaced() async throws {
        let (old, new) = (try RecordSigner.generate(), try RecordSigner.generate())
        let change = try await store.advanceEpoch(reason: "test", signer: old)
        let before = try #require(change.statement)
        let after = try EpochStatement(
            epoch: before.epoch, previous: before.previous, at: before.at, reason: before.reason, signer: new)
        for _ in 1...2 {
            #expect(try await store.replaceEpoch(change.after, by: change.after, statement: after))
            #expect(try await store.state() == StoreState(epoch: change.after, statement: after))
        }
    }
}
