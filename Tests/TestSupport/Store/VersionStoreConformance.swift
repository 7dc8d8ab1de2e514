import ConfigModel
import ConfigRegistry
import ConfigStore
import Testing

/// The checks behind `VersionStoreBehaviour`.
struct VersionStoreConformance: Sendable {
    let store: any RegistryStore

    /// Appends records that must be stored, and returns them.
    @discardableResult
    func stored(_ records: [VersionRecord]) async throws -> [VersionRecord] {
        for record in records {
            let outcome = try await store.append(record)
            #expect(outcome == .stored, "version \(record.version) of \(record.key)")
        }
        return records
    }

    /// Stores the first versions of documents and returns them by name.
    @discardableResult
    func documents(_ names: [String]) async throws -> [VersionRecord] {
        try await stored(
            names.map { name in
                var chain = try VersionChain(name)
                return chain.next(#"{"name":"\#(name)"}"#)
            })
    }

    /// The names of the documents whose heads a query finds, in its order.
    func names(_ query: HeadQuery) async throws -> [String] {
        try await store.heads(query).map { $0.record.key.description }
    }
}

// MARK: Appending

extension VersionStoreConformance {
    func everyFieldComesBack() async throws {
        let key = try DocumentKey(service: "tenants.acme.monitors", environment: "prod_eu-1")
        let first = VersionRecord(
            key: key, version: 1, changeType: .created, content: Content(canonical: Array(#"{"a":1}"#.utf8)),
            previousHash: nil, epoch: VersionChain.epoch, changeID: "A.b:c_d-1", correlationID: "request\u{0}17",
            changeSet: ChangeSet(
                epoch: VersionChain.epoch, changeID: "A.b:c_d-1",
                versions: [(key, 1), (try DocumentKey(service: "other", environment: "prod"), 12)]),
            createdAt: Timestamp(milliseconds: 1_790_000_000_999),
            // U+00E9 and e + U+0301 are equal Swift strings and different bytes.
            createdBy: "Zo\u{E9} <zoe@example.org>", comment: "Zoe\u{301} said: \"\u{0}\n\u{1F600}\"", restoredFrom: 7,
            overrides: "secrets,\u{0}guards"
        ).signed(RecordSignature(signature: "c2lnbmF0dXJl", keyID: "0123456789abcdef"))
        let second = VersionRecord(
            key: key, version: 2, changeType: .updated, content: .empty, previousHash: first.recordHash,
            epoch: VersionChain.epoch, changeID: "2", createdAt: Timestamp(milliseconds: 0), createdBy: "", comment: "")
        try await stored([first, second])
        for expected in [first, second] {
            let found = try #require(try await store.version(expected.version, of: key))
            #expect(found.record == expected)
            #expect(Array(found.record.createdBy.utf8) == Array(expected.createdBy.utf8))
            #expect(Array(found.record.comment.utf8) == Array(expected.comment.utf8))
            #expect(found.isAnnounced == false)
        }
    }

    func contentComesBackByteForByte() async throws {
        let texts = [
            "{}", #"{"":""}"#, #"{"n":[18446744073709551617,-0,1E2,1e400,1.0,0.1,123456789012345678901234567890]}"#,
            #"{"$date":"x","$numberLong":"5","$oid":1,"a.b":{"$ref":null}}"#, #"{"\u0000":"\u001f","é":"é","😀":"😀"}"#,
            String(repeating: #"{"a":"#, count: 63) + "{}" + String(repeating: "}", count: 63),
            #"{"large":"\#(String(repeating: "x", count: 8 << 20))"}"#,
        ]
        var chain = try VersionChain("bytes/prod")
        for text in texts {
            let record = chain.next(text)
            try await stored([record])
            let content = try await store.head(of: record.key)?.record.content
            #expect(content?.bytes == Array(text.utf8), "\(text.prefix(100))")
        }
    }

    func sameRecordAgainIsStored() async throws {
        var chain = try VersionChain("service/prod")
        let records = [chain.next(#"{"a":1}"#), chain.next(#"{"a":2}"#), chain.tombstone()]
        try await stored(records)
        // Also when newer versions exist: the response to this request got lost long ago.
        try await stored(records)
        #expect(try await store.history(of: chain.key, before: nil, limit: 10).map(\.record) == records.reversed())
    }

    func takenVersionIsRefused() async throws {
        var chain = try VersionChain("service/prod")
        let rival = chain.following(#"{"rival":true}"#)
        let record = chain.next(#"{"rival":false}"#)
        try await stored([record])
        #expect(try await store.append(rival) == .versionTaken)
        #expect(try await store.history(of: chain.key, before: nil, limit: 10).map(\.record) == [record])
        #expect(try await store.change(rival.changeID, of: chain.key) == nil)
    }

    func changeIdentifierMakesOneVersion() async throws {
        var chain = try VersionChain("service/prod")
        let other = chain.following(#"{"a":2}"#, changeID: "change-1")
        let record = chain.next(#"{"a":1}"#, changeID: "change-1")
        let next = chain.following(#"{"a":3}"#, changeID: "change-1")
        try await stored([record])
        // The same number with other content, and another number.
        #expect(try await store.append(other) == .changeExists(record))
        #expect(try await store.append(next) == .changeExists(record))
        #expect(try await store.head(of: chain.key)?.record == record)
        // Both the number and the change are taken, by two different versions.
        let second = chain.next(#"{"a":4}"#)
        try await stored([second])
        #expect(try await store.append(next) == .changeExists(record))
    }

    func changeIdentifierCountsPerDocument() async throws {
        for name in ["a/prod", "a/test", "b/prod"] {
            var chain = try VersionChain(name)
            let record = chain.next(#"{"name":"\#(name)"}"#, changeID: "change-1")
            try await stored([record])
            #expect(try await store.change("change-1", of: chain.key)?.record == record)
        }
    }
}
