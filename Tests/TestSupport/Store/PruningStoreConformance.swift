import ConfigModel
import ConfigStore
import Testing

/// The checks behind `PruningStoreBehaviour`.
struct PruningStoreConformance: Sendable {
    let store: any RegistryStore

    /// Stores versions of a document, announced up to a number.
    private func stored(
        _ count: Int, of name: String = "parsing/prod", announced: Int? = nil
    ) async throws -> [VersionRecord] {
        var chain = try VersionChain(name)
        var records: [VersionRecord] = []
        for number in 1...count { records.append(chain.next(#"{"n":\#(number)}"#)) }
        for record in records { #expect(try await store.append(record) == .stored) }
        try await store.markAnnounced(
            records.prefix(announced ?? count).map { VersionIdentity(key: $0.key, version: $0.version) })
        return records
    }

    private func mark(_ record: VersionRecord) -> PruneMark {
        PruneMark(key: record.key, through: record.version, recordHash: record.recordHash)
    }

    /// What a read of each version finds.
    private func readable(_ records: [VersionRecord]) async throws -> [Int64] {
        var found: [Int64] = []
        for record in records where try await store.version(record.version, of: record.key) != nil {
            found.append(record.version)
        }
        return found
    }

    func newStoreHasNoMarks() async throws {
        let records = try await stored(3)
        #expect(try await store.pruneMarks(of: [records[0].key]).isEmpty)
        #expect(try await store.pruneMarks(after: nil, limit: 10).isEmpty)
        #expect(try await store.removePruned(of: records[0].key, limit: 10) == 0)
        #expect(try await readable(records) == [1, 2, 3])
    }

    func markOnlyRises() async throws {
        let records = try await stored(5)
        for number in [2, 4, 4, 1] { try await store.raise(mark(records[number - 1])) }
        #expect(try await store.pruneMarks(of: [records[0].key]) == [records[0].key: mark(records[3])])
    }

    func marksArePagedInOrder() async throws {
        var marks: [PruneMark] = []
        for name in ["a/prod", "a/test", "b/prod", "b.c/prod"] {
            let records = try await stored(2, of: name)
            marks.append(mark(records[0]))
        }
        for mark in marks.reversed() { try await store.raise(mark) }
        let expected = marks.sorted {
            VersionIdentity.precedes(
                VersionIdentity(key: $0.key, version: 1), VersionIdentity(key: $1.key, version: 1))
        }
        #expect(try await store.pruneMarks(after: nil, limit: 3) == Array(expected.prefix(3)))
        #expect(try await store.pruneMarks(after: expected[2].key, limit: 3) == [expected[3]])
        #expect(try await store.pruneMarks(after: expected[3].key, limit: 3).isEmpty)
    }

    func nothingBehindAMarkIsRead() async throws {
        let records = try await stored(5)
        let key = records[0].key
        try await store.raise(mark(records[2]))
        try await verifyOnlyKept(records, from: 4)
        #expect(try await store.history(of: key, before: 4, limit: 10).isEmpty)
    }

    private func verifyOnlyKept(_ records: [VersionRecord], from first: Int64) async throws {
        let key = records[0].key
        let kept = records.filter { $0.version >= first }
        #expect(try await readable(records) == kept.map(\.version))
        let history = try await store.history(of: key, before: nil, limit: 10)
        #expect(history.map(\.record) == kept.reversed())
        #expect(history.damaged.isEmpty)
        let all = try await store.versions(records.map { VersionIdentity(key: key, version: $0.version) })
        #expect(Set(all.map(\.record.version)) == Set(kept.map(\.version)))
        #expect(all.damaged.isEmpty)
        for record in records {
            #expect(try await store.change(record.changeID, of: key)?.record == (record.version < first ? nil : record))
        }
        #expect(try await store.head(of: key)?.record == records.last)
        #expect(try await store.heads(of: [key]).map(\.record) == [records.last])
        #expect(try await store.heads(HeadQuery(limit: 10)).map(\.record) == [records.last])
    }

    func removedVersionsAreGone() async throws {
        let records = try await stored(5)
        try await store.raise(mark(records[2]))
        // Version 2, version 3 and the content of version 1.
        #expect(try await store.removePruned(of: records[0].key, limit: 10) == 3)
        #expect(try await store.removePruned(of: records[0].key, limit: 10) == 0)
        try await verifyOnlyKept(records, from: 4)
        let outcome = try await store.append(records[0])
        #expect([.versionTaken, .changePruned(identity(records[0]))].contains(outcome))
    }

    private func identity(_ record: VersionRecord) -> VersionIdentity {
        VersionIdentity(key: record.key, version: record.version)
    }

    /// A version behind the mark keeps its change from being made again for as long as its row is there, which is for ever with
    /// version 1.
    func changesOfPrunedVersionsAreNamed() async throws {
        let records = try await stored(5)
        let chain = VersionChain(records[0].key, after: records[4])
        try await store.raise(mark(records[2]))
        for record in records.prefix(3) {
            let again = chain.following(#"{"again":true}"#, changeID: record.changeID)
            #expect(try await store.append(again) == .changePruned(identity(record)))
        }
        _ = try await store.removePruned(of: records[0].key, limit: 10)
        let first = chain.following(#"{"again":true}"#, changeID: records[0].changeID)
        #expect(try await store.append(first) == .changePruned(identity(records[0])))
        #expect(try await store.append(chain.following(changeID: records[1].changeID)) == .stored)
        #expect(try await readable(records) == [4, 5])
        #expect(try await store.head(of: records[0].key)?.record.version == 6)
    }

    func changeSetsWithPrunedVersionsAreNamed() async throws {
        let set = try VersionChain.set(["a/prod", "b/prod"], changeID: "set")
        #expect(try await store.append(set) == .stored)
        var heads: [VersionChain] = []
        for record in set {
            var chain = VersionChain(record.key, after: record)
            #expect(try await store.append(chain.next()) == .stored)
            heads.append(chain)
        }
        try await store.raise(mark(set[0]))
        let again = VersionChain.set(following: heads, changeID: "set")
        #expect(try await store.append(again) == .changeExists([set[1]]))
        #expect(try await store.versions(ofChangeSet: try #require(set[0].changeSet).id).map(\.record) == [set[1]])
        try await store.raise(mark(set[1]))
        for record in set { _ = try await store.removePruned(of: record.key, limit: 10) }
        let outcome = try await store.append(again)
        #expect(set.map { .changePruned(identity($0)) }.contains(outcome))
        for chain in heads { #expect(try await store.head(of: chain.key)?.record == chain.last) }
    }

    func versionsAreRemovedInPieces() async throws {
        let records = try await stored(10)
        try await store.raise(mark(records[7]))
        var removed: [Int] = []
        repeat { try await removed.append(store.removePruned(of: records[0].key, limit: 3)) } while removed.last == 3
        #expect(removed == [3, 3, 2])
        try await verifyOnlyKept(records, from: 9)
    }

    func unannouncedVersionsStay() async throws {
        let records = try await stored(6, announced: 3)
        #expect(try await store.prunable(of: records[0].key, upTo: 5, storedFor: .zero) == mark(records[2]))
        let none = try await stored(3, of: "other/prod", announced: 0)
        #expect(try await store.prunable(of: none[0].key, upTo: 2, storedFor: .zero) == nil)
    }

    func youngVersionsStay() async throws {
        let records = try await stored(6)
        #expect(try await store.prunable(of: records[0].key, upTo: 4, storedFor: .seconds(3_600)) == nil)
        #expect(try await store.prunable(of: records[0].key, upTo: 4, storedFor: .zero) == mark(records[3]))
    }

    func headStays() async throws {
        let records = try await stored(3)
        #expect(try await store.prunable(of: records[0].key, upTo: 3, storedFor: .zero) == mark(records[1]))
        let only = try await stored(1, of: "other/prod")
        #expect(try await store.prunable(of: only[0].key, upTo: 1, storedFor: .zero) == nil)
        let unknown = try DocumentKey(parsing: "unknown/prod")
        #expect(try await store.prunable(of: unknown, upTo: 1, storedFor: .zero) == nil)
    }

    func nextRangeBeginsBehindTheMark() async throws {
        let records = try await stored(6)
        let key = records[0].key
        try await store.raise(mark(records[2]))
        _ = try await store.removePruned(of: key, limit: 10)
        #expect(try await store.prunable(of: key, upTo: 3, storedFor: .zero) == nil)
        #expect(try await store.prunable(of: key, upTo: 4, storedFor: .zero) == mark(records[3]))
    }
}
