import ConfigModel
import ConfigStore
import Testing

/// Documents of reserved environments.
extension VersionStoreConformance {
    /// What lies in a reserved environment is kept like everything else, and found by those only who name it.
    func reservedDocumentsAreReadByNameOnly() async throws {
        let others = ["a/dev", "a/prod", "a.b/zzz"]
        try await documents(others)
        var chain = VersionChain(try DocumentKey(service: "a", reserved: "schema"))
        let first = chain.next(#"{"type":"object"}"#)
        let second = chain.next("{}")
        try await stored([first, second])

        #expect(try await names(HeadQuery()) == others)
        #expect(try await names(HeadQuery(includesDeleted: true)) == others)
        #expect(try await names(HeadQuery(service: "a")) == ["a/dev", "a/prod"])
        #expect(try await names(HeadQuery(prefix: "a")) == others)
        #expect(try await names(HeadQuery(after: try DocumentKey(parsing: "a/prod"))) == ["a.b/zzz"])
        #expect(try await names(HeadQuery(after: chain.key)) == [])
        #expect(try await store.outlines(HeadQuery()).map(\.key.description) == others)
        #expect(try await store.statistics().documents == 3)

        #expect(try await names(HeadQuery(environment: "~schema")) == ["a/~schema"])
        #expect(try await names(HeadQuery(environment: "~schema", after: chain.key)) == [])
        #expect(try await names(HeadQuery(environment: "~other")) == [])
        #expect(try await store.outlines(HeadQuery(environment: "~schema", prefix: "a")).map(\.key) == [chain.key])
        #expect(try await store.head(of: chain.key)?.record == second)
        #expect(try await store.version(1, of: chain.key)?.record == first)
        #expect(try await store.change(first.changeID, of: chain.key)?.record == first)
        #expect(
            try await store.history(of: chain.key, before: nil, limit: 9).map(\.record) == [second, first])
        #expect(try await store.heads(of: [chain.key]).map(\.record) == [second])

        let identities = [1, 2].map { VersionIdentity(key: chain.key, version: $0) }
        #expect(
            Set(try await store.versions(identities).map(\.record.recordHash)) == [first.recordHash, second.recordHash])
        let unannounced = try await store.unannounced(limit: 100).versions
        #expect(Set(identities).isSubset(of: unannounced) && unannounced.count == 5)
        try await store.markAnnounced(identities)
        #expect(try await store.unannounced(limit: 100).versions.count == 3)
    }
}
