import ConfigModel
import ConfigRegistry
import ConfigStore
import Testing

extension VersionStoreConformance {
    func unannouncedAreOldestFirst() async throws {
        var chain = try VersionChain("service/prod")
        let records = try await stored((1...5).map { chain.next(#"{"n":\#($0)}"#) })
        #expect(try await unannounced() == records)
        #expect(try await unannounced(limit: 2) == Array(records.prefix(2)))
        #expect(try await unannounced(limit: 0) == [])
    }

    /// The versions that are not marked, in the order in which the store names them.
    private func unannounced(limit: Int = 10) async throws -> [VersionRecord] {
        let page = try await store.unannounced(limit: limit)
        #expect(page.damaged == [])
        let versions = try await store.versions(page.versions)
        return page.versions.compactMap { identity in
            versions.map(\.record).first { $0.key == identity.key && $0.version == identity.version }
        }
    }

    func versionsOfIdentities() async throws {
        var chain = try VersionChain("a/prod")
        let records = try await stored((1...3).map { chain.next(#"{"n":\#($0)}"#) })
        let other = try await documents(["b/prod"])
        let wanted = [records[2], records[0], other[0]].map { VersionIdentity(key: $0.key, version: $0.version) }
        let absent = [
            VersionIdentity(key: chain.key, version: 4),
            VersionIdentity(key: try DocumentKey(service: "c"), version: 1),
        ]
        let found = try await store.versions(wanted + absent)
        #expect(Set(found.map(\.record.recordHash)) == Set([records[2], records[0], other[0]].map(\.recordHash)))
        #expect(found.rowCount == 3)
        #expect(try await store.versions([]) == [])
    }

    func announcedVersionsAreMarked() async throws {
        var chain = try VersionChain("service/prod")
        let records = try await stored((1...5).map { chain.next(#"{"n":\#($0)}"#) })
        func identity(_ record: VersionRecord) -> VersionIdentity {
            VersionIdentity(key: record.key, version: record.version)
        }
        try await store.markAnnounced([identity(records[0]), identity(records[2]), identity(records[4])])
        #expect(try await unannounced() == [records[1], records[3]])
        let history = try await store.history(of: chain.key, before: nil, limit: 10)
        #expect(history.map(\.isAnnounced) == [true, false, true, false, true])
        #expect(history.map(\.record) == records.reversed())
        #expect(try await store.head(of: chain.key)?.isAnnounced == true)
        #expect(try await store.version(2, of: chain.key)?.isAnnounced == false)
        try await store.markAnnounced(records.map(identity))
        #expect(try await unannounced() == [])
    }

    func markingIsHarmless() async throws {
        var chain = try VersionChain("service/prod")
        let record = chain.next()
        try await stored([record])
        let absent = [
            VersionIdentity(key: chain.key, version: 2),
            VersionIdentity(key: try DocumentKey(service: "nothing"), version: 1),
        ]
        try await store.markAnnounced([])
        try await store.markAnnounced(absent)
        #expect(try await unannounced() == [record])
        let known = VersionIdentity(key: chain.key, version: 1)
        try await store.markAnnounced(absent + [known, known])
        try await store.markAnnounced([known])
        #expect(try await store.heads(HeadQuery()) == [StoredVersion(record: record, isAnnounced: true)])
    }

    func statisticsCount() async throws {
        var chain = try VersionChain("service/prod")
        let records = try await stored([chain.next(), chain.next(), chain.tombstone()])
        try await documents(["a/prod", "a/test"])
        try await store.markAnnounced(records.map { VersionIdentity(key: $0.key, version: $0.version) })
        let statistics = try await store.statistics()
        #expect(statistics.documents == 3)
        #expect(statistics.versions == 5)
        #expect(statistics.unannounced == 2)
        #expect(try #require(statistics.oldestUnannounced) >= .zero)
    }
}
