import ConfigModel
import ConfigStore
import Testing

/// The checks behind `AuditQueriesBehaviour`.
struct AuditQueriesConformance: Sendable {
    let store: any RegistryStore

    /// All versions that fit, page by page.
    func all(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)? = nil, between: () async throws -> Void = {}
    ) async throws -> (identities: [VersionIdentity], pages: Int) {
        var query = query
        var found: [VersionIdentity] = []
        var pages = 0
        while true {
            let page = try await store.changes(query, mayRead: mayRead)
            #expect(page.rows.count <= query.limit && page.damaged.isEmpty)
            found += page.versions.map { VersionIdentity(key: $0.key, version: $0.version) }
            pages += 1
            guard let next = page.next else { return (found, pages) }
            let isFurther = query.after.map { next < $0 } ?? true
            try #require(isFurther, "\(next)")
            query.after = AuditPosition(parsing: next.description)
            #expect(query.after == next)
            try await between()
        }
    }

    /// Stores versions one after the other, and returns them newest first.
    @discardableResult
    func stored(_ records: [VersionRecord]) async throws -> [VersionIdentity] {
        for record in records { #expect(try await store.append(record) == .stored) }
        return records.reversed().map { VersionIdentity(key: $0.key, version: $0.version) }
    }

    func newStoreHasNoChanges() async throws {
        #expect(try await store.changes(AuditQuery(), mayRead: nil) == AuditPage())
    }

    func changesAreNewestFirst() async throws {
        var a = try VersionChain("a/prod")
        var b = try VersionChain("b/test")
        var schema = VersionChain(try DocumentKey(service: "a", reserved: "schema"))
        let expected = try await stored([
            a.next(), schema.next(#"{"checks":"each","schema":{}}"#), b.next(), a.next(), b.tombstone(), b.next(),
        ])
        #expect(try await all(AuditQuery()).identities == expected)
    }

    func outlinesAreProvenVersions() async throws {
        var chain = try VersionChain("a/prod")
        let record = chain.next(#"{"a":18446744073709551617}"#, comment: "Zoe\u{301} \u{0}")
        try await stored([record])
        #expect(try await store.changes(AuditQuery(), mayRead: nil).versions == [RecordOutline(record)])
    }

    func pagesGoOnWhereTheyEnded() async throws {
        var chains = try ["a/prod", "b/prod", "c/prod"].map { try VersionChain($0) }
        var records: [VersionRecord] = []
        for number in 0..<40 { records.append(chains[number % 3].next()) }
        let expected = try await stored(records)
        for limit in [1, 3, 7, 39, 40, 41, 200] {
            let found = try await all(AuditQuery(limit: limit))
            #expect(found.identities == expected, "\(limit)")
            #expect(found.pages == (expected.count + limit - 1) / limit, "\(limit)")
        }
    }

    func pagesHoldWhileOthersWrite() async throws {
        var chain = try VersionChain("a/prod")
        let expected = try await stored((0..<30).map { _ in chain.next() })
        var others = try VersionChain("b/prod")
        // Some of them before the page that follows, none of them behind it.
        let write = { _ = try await stored([others.next(), others.next()]) }
        let found = try await all(AuditQuery(limit: 4), between: write)
        #expect(found.identities == expected)
    }

    func onlySoManyVersionsAreLookedAt() async throws {
        var rare = try VersionChain("rare/prod")
        var others = try VersionChain("other/prod")
        let first = try await stored([rare.next()])
        try await stored((0..<500).map { _ in others.next() })
        let last = try await stored([rare.next()])
        var query = AuditQuery(limit: 10, scanLimit: 100)
        query.service = "rare"
        let page = try await store.changes(query, mayRead: nil)
        #expect(page.versions.map(\.version) == [2])
        #expect(page.next != nil)
        let found = try await all(query)
        #expect(found.identities == last + first)
        #expect((5...7).contains(found.pages), "\(found.pages)")
        query.scanLimit = 1_000
        #expect(try await all(query).pages == 1)
        // Nothing fits, and every page says where to go on.
        query.scanLimit = 100
        query.service = "none"
        let none = try await all(query)
        #expect(none.identities.isEmpty && (5...7).contains(none.pages))
    }

    func documentsThatAreNotReadArePassedOver() async throws {
        var chains = try (0..<10).map { try VersionChain("s\($0)/prod") }
        var records: [VersionRecord] = []
        for number in 0..<200 { records.append(chains[number % 10].next()) }
        let expected = try await stored(records).filter { $0.key.service == "s3" }
        let found = try await all(AuditQuery(limit: 6)) { $0.service == "s3" }
        #expect(found.identities == expected && found.pages == 4)
        let few = try await all(AuditQuery(limit: 6, scanLimit: 30)) { $0.service == "s3" }
        #expect(few.identities == expected && few.pages > 4)
    }

    /// All members of a set may have one time.
    func memberOfALargeSetIsAPlaceToGoOn() async throws {
        let set = try VersionChain.set((0..<100).map { "s\($0)/prod" })
        #expect(try await store.append(set) == .stored)
        for limit in [1, 33] {
            let found = try await all(AuditQuery(limit: limit)).identities
            #expect(found.count == 100 && Set(found.map(\.key)) == Set(set.map(\.key)))
        }
    }

    /// From the moment when the mark stands, before and after the rows are removed; what remains of version 1 too.
    func whatIsLetGoIsNotThere() async throws {
        var (chain, other) = (try VersionChain("a/prod"), try VersionChain("b/prod"))
        let records = (0..<4).map { _ in chain.next() }
        let expected = try await stored(records + [other.next()])
        try await store.raise(PruneMark(key: chain.key, through: 2, recordHash: records[1].recordHash))
        for limit in [1, 10] {
            #expect(try await all(AuditQuery(limit: limit)).identities == Array(expected.prefix(3)))
        }
        _ = try await store.removePruned(of: chain.key, limit: 10)
        #expect(try await all(AuditQuery()).identities == Array(expected.prefix(3)))
    }

    func closedStoreRefuses() async throws {
        await store.close()
        await #expect(throws: StoreError.closed) { _ = try await store.changes(AuditQuery(), mayRead: nil) }
    }
}
