import ConfigModel
import ConfigRegistry
package import ConfigStore
import Testing

/// A store with a change set of `a/prod`, `b/prod` and `c/prod`, of which the row of `a/prod` was changed.
package enum DamagedChangeSet {
    /// Fills a new store.
    package static func fill(_ store: any RegistryStore) async throws {
        #expect(try await store.append(VersionChain.set(["a/prod", "b/prod", "c/prod"])) == .stored)
    }

    /// Every read finds the damage, and the other members are as they were.
    ///
    /// - Parameter reason: what is said about the row.
    package static func verify(_ store: any RegistryStore, reason: String) async throws {
        let key = try DocumentKey(service: "a", environment: "prod")
        let others = [
            try DocumentKey(service: "b", environment: "prod"), try DocumentKey(service: "c", environment: "prod"),
        ]
        let error = await #expect(throws: StoreError.self) { try await store.version(1, of: key) }
        guard case .damaged(let version) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(version.identity == VersionIdentity(key: key, version: 1))
        #expect(version.reason.contains(reason), "\(version.reason)")
        let whole = try #require(try await store.head(of: others[0])?.record.changeSet)
        #expect(whole.members == ["a/prod@1", "b/prod@1", "c/prod@1"])
        let page = try await store.versions(ofChangeSet: whole.id)
        #expect(page.map(\.record.key).sorted() == others)
        #expect(page.damaged == [version])
        let outlines = try await store.outlines(HeadQuery())
        #expect(outlines.map(\.key) == others && outlines.damaged == [version])
        #expect(try await store.history(of: key, before: nil, limit: 10).damaged == [version])
    }
}
