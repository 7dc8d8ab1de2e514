import ConfigAccess
import ConfigModel
import ConfigSignatures
import ConfigStore
import Testing

/// The cases of `RestoringStoreBehaviour`.
struct RestoringStoreConformance {
    private static let mark = RestoreMark(backup: SHA256Text.hash([1]), hasAccess: true)

    let store: any RegistryStore & RestoringStore

    /// Two documents and a schema, in the order of a backup.
    private func history() throws -> [VersionRecord] {
        var records: [VersionRecord] = []
        var chain = try VersionChain("a.b/prod")
        for number in 1...3 { records.append(chain.next(#"{"n":\#(number)}"#, comment: "nul \u{0} and é")) }
        records.append(chain.tombstone())
        records += try VersionChain.set(["c/prod", "c/staging"])
        var schema = VersionChain(try DocumentKey(service: "c", reserved: "schema"))
        records.append(schema.next(#"{"schema":true}"#))
        return records
    }

    private func begin() async throws {
        let isBegun = try await store.beginRestore(Self.mark, after: nil)
        #expect(isBegun)
    }

    private func finish(_ number: Int64 = 7, statement: EpochStatement? = nil) async throws -> Epoch {
        let epoch = Epoch(number: number, identifier: "6f1e0c52-6d2f-4f43-9f0b-0a8d3a3a6f07")
        let isFinished = try await store.finishRestore(
            Self.mark, StoreState(epoch: epoch, statement: statement, signing: .required, authentication: .required))
        #expect(isFinished)
        return epoch
    }

    func newStoreIsEmpty() async throws {
        #expect(try await store.isEmpty())
        #expect(try await store.restoreMark() == nil)
        #expect(try await store.lastRestored() == nil)
        #expect(try await store.versionCount() == 0)
        _ = try await store.epoch()
        try await store.setSigning(.required)
        #expect(try await store.isEmpty())
    }

    func anythingMakesItNotEmpty() async throws {
        _ = try await store.raiseAnchor(AuditAnchor(log: "main", count: 1, checkpoint: [123, 125]))
        #expect(try await !store.isEmpty())
    }

    func markStaysUntilTheEnd() async throws {
        try await begin()
        try await begin()
        #expect(try await store.restoreMark() == Self.mark)
        #expect(try await store.state().isRestoring)
        #expect(try await store.finishedRestore() == nil)
        try await store.restore(try history())
        #expect(try await store.restoreMark() == Self.mark)
        _ = try await finish()
        #expect(try await store.restoreMark() == nil)
        #expect(try await !store.state().isRestoring)
        #expect(try await store.finishedRestore() == Self.mark)
        // A crash may have kept the caller from knowing that it was done.
        _ = try await finish()
        #expect(try await store.restoreMark() == nil)
        #expect(try await store.finishedRestore() == Self.mark)
    }

    func oneOfSeveralBackupsIsBegun() async throws {
        let marks = (0..<4).map { RestoreMark(backup: SHA256Text.hash([$0]), hasAccess: false) }
        let store = store
        let begun = try await withThrowingTaskGroup(of: RestoreMark?.self) { group in
            for mark in marks {
                group.addTask { try await store.beginRestore(mark, after: nil) ? mark : nil }
            }
            return try await group.reduce(into: []) { $0.append($1) }.compactMap { $0 }
        }
        let first = try #require(begun.first)
        #expect(begun.count == 1)
        #expect(try await store.restoreMark() == first)
        let other = try #require(marks.first { $0 != first })
        let state = StoreState(epoch: Epoch(number: 9, identifier: "6f1e0c52-6d2f-4f43-9f0b-0a8d3a3a6f07"))
        let isFinishedByOther = try await store.finishRestore(other, state)
        let isFinished = try await store.finishRestore(first, state)
        #expect(!isFinishedByOther && isFinished)
        // It looked whether the store is empty before the first one ended.
        let isBegunLate = try await store.beginRestore(other, after: nil)
        #expect(!isBegunLate)
        #expect(try await store.restoreMark() == nil)
        let isBegunAfter = try await store.beginRestore(other, after: first)
        #expect(isBegunAfter)
    }

    func oneOfSeveralRestoresEnds() async throws {
        try await begin()
        let states = (1...4).map { StoreState(epoch: Epoch(number: $0 + 7, identifier: UUIDText.random())) }
        let store = store
        let finished = try await withThrowingTaskGroup(of: StoreState?.self) { group in
            for state in states {
                group.addTask { try await store.finishRestore(Self.mark, state) ? state : nil }
            }
            return try await group.reduce(into: []) { $0.append($1) }.compactMap { $0 }
        }
        let first = try #require(finished.first)
        #expect(finished.count == 1)
        for state in states {
            let isDone = try await store.finishRestore(Self.mark, state)
            #expect(isDone == (state == first))
        }
        #expect(try await store.epoch() == first.epoch)
        #expect(try await store.finishedRestore() == Self.mark)
    }

    func versionsComeBackAnnounced() async throws {
        let records = try history()
        try await begin()
        try await store.restore(Array(records.prefix(3)))
        #expect(try await store.lastRestored() == VersionIdentity(key: records[2].key, version: 3))
        try await store.restore(Array(records.dropFirst(3)))
        let last = try #require(records.last)
        #expect(try await store.lastRestored() == VersionIdentity(key: last.key, version: last.version))
        #expect(try await store.versionCount() == Int64(records.count))
        _ = try await finish()
        let page = try await store.versions(after: nil, limit: 100, maximumBytes: .max)
        #expect(page.map(\.record.jsonBytes) == records.map(\.jsonBytes))
        #expect(page.allSatisfy(\.isAnnounced) && page.damaged.isEmpty)
        #expect(try await store.unannounced(limit: 10).versions.isEmpty)
        let next = VersionChain(records[3].key, after: records[3]).following()
        #expect(try await store.append(next) == .stored)
    }

    func versionsOfOneBatchAreInOrder() async throws {
        let records = try history()
        try await begin()
        try await store.restore([records[2]])
        await #expect(throws: StoreError.self) { try await store.restore(Array(records.prefix(5))) }
        // Up to the one that is there, or none; and nothing behind it.
        let found = try await store.versions(after: nil, limit: 100, maximumBytes: .max).map(\.record.version)
        #expect([[3], [1, 2, 3]].contains(found))
    }

    func takenVersionIsRefused() async throws {
        let records = try history()
        try await begin()
        try await store.restore(records)
        await #expect(throws: StoreError.self) { try await store.restore(records) }
        #expect(try await store.versionCount() == Int64(records.count))
    }

    func prunedDocumentComesBack() async throws {
        let records = try history()
        let mark = PruneMark(key: records[1].key, through: 2, recordHash: records[1].recordHash)
        let first = RecordOutline(records[0]).withoutContent
        try await begin()
        try await store.restore(mark, first: first)
        try await store.restore(mark, first: first)
        try await store.restore(Array(records.dropFirst(2)))
        #expect(try await store.versionCount() == Int64(records.count - 1))
        _ = try await finish()
        #expect(try await store.pruneMarks(of: [mark.key]) == [mark.key: mark])
        let page = try await store.versions(after: nil, limit: 1, maximumBytes: .max)
        #expect(page.map(\.record.version) == [3] && page.damaged.isEmpty)
        #expect(try await store.head(of: mark.key)?.record.version == 4)
        #expect(try await store.history(of: mark.key, before: nil, limit: 9).map(\.record.version) == [4, 3])
        #expect(try await store.outlines(HeadQuery(includesDeleted: true)).map(\.key).contains(mark.key))
    }

    func identitiesAndAnchorsComeBack() async throws {
        var token = try AccessToken.sample("ci", ["publisher:#/prod", "reader:#/*"], rights: [.emergency])
        token.revokedAt = Timestamp(milliseconds: 7_000)
        token.revokedBy = "bob"
        token.lastUsedAt = Timestamp(milliseconds: 6_000)
        var access = RestoredAccess()
        access.tokens = [token, try .sample("other", expiresAt: nil)]
        access.names = [BoundName(name: "ci", binding: NameBinding(token))]
        access.denials = [.sample("mallory", createdAt: 2_000, until: 9_000), .sample("eve", createdAt: 3_000)]
        let anchor = AuditAnchor(log: "main", count: 5, checkpoint: Array(#"{"a":1}"#.utf8), owner: "audit")
        try await begin()
        try await store.restore([anchor], access)
        try await store.restore([anchor], access)
        _ = try await finish()
        #expect(try await store.anchors() == [anchor])
        let tokens = try await store.tokens()
        #expect(Set(tokens.map(\.id)) == Set(access.tokens.map(\.id)))
        #expect(tokens.first { $0.id == token.id } == token)
        #expect(try await store.denials() == access.denials)
        #expect(try await store.boundNames() == access.names)
    }

    func restoredStoreIsReadWhole() async throws {
        let records = try history()
        try await store.restore(records)
        var query = HeadQuery(includesDeleted: true)
        query.includesReserved = true
        let heads = try await store.outlines(query)
        #expect(heads.map(\.key) == Set(records.map(\.key)).sorted())
        #expect(try await store.outlines(HeadQuery(includesDeleted: true)).count == heads.count - 1)
        // In pages, and from anywhere.
        var position: VersionIdentity?
        var found: [VersionIdentity] = []
        while true {
            let page = try await store.versions(after: position, limit: 2, maximumBytes: .max)
            guard let last = page.last?.record else { break }
            found += page.map { VersionIdentity(key: $0.record.key, version: $0.record.version) }
            position = VersionIdentity(key: last.key, version: last.version)
        }
        #expect(found == records.map { VersionIdentity(key: $0.key, version: $0.version) })
        #expect(try await store.versions(after: nil, limit: 100, maximumBytes: 1).count == 1)
    }

    func epochAndRulesAreGiven() async throws {
        let before = try await store.state()
        let signer = try RecordSigner.generate()
        let epoch = Epoch(number: 7, identifier: "6f1e0c52-6d2f-4f43-9f0b-0a8d3a3a6f07")
        let statement = try EpochStatement(
            epoch: epoch, previous: before.epoch, at: Timestamp(milliseconds: 1_790_000_000_000), reason: "restore",
            signer: signer)
        try await begin()
        #expect(try await finish(statement: statement) == epoch)
        let state = try await store.state()
        #expect(state.epoch == epoch && state.statement == statement)
        #expect(state.signing == .required && state.authentication == .required)
        #expect(state.access > before.access && state.schemas > before.schemas)
    }
}
