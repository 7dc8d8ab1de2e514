import ConfigModel
import ConfigStore
import Synchronization
import TestSupport

/// A store in which a change set is stored while its heads are listed: of its two documents the second list sees the first as it was
/// before and the other as it is afterwards.
final class GrowingStore: VersionReading, BackupReading {
    private let store: InMemoryVersionStore
    private let lists = Mutex(0)

    init(_ store: InMemoryVersionStore) { self.store = store }

    func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage {
        let list = lists.withLock { lists in
            lists += 1
            return lists
        }
        let page = try await store.outlines(query)
        guard list == 2 else { return page }
        let names = ["a/prod", "z/prod"]
        let chains = page.filter { names.contains($0.key.description) }.map(\.key)
        var heads: [VersionChain] = []
        for key in chains { heads.append(VersionChain(key, after: try await store.head(of: key)?.record)) }
        _ = try await store.append(VersionChain.set(following: heads))
        let after = try await store.outlines(query)
        return OutlinePage(
            zip(page, after).map { before, after in .success(before.key.service == "a" ? before : after) })
    }

    func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? { try await store.head(of: key) }
    func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await store.version(version, of: key)
    }
    func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await store.change(changeID, of: key)
    }
    func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await store.history(of: key, before: before, limit: limit, maximumBytes: maximumBytes)
    }
    func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage { try await store.heads(query) }
    func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage { try await store.heads(of: keys) }
    func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage {
        try await store.versions(versions)
    }
    func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage {
        try await store.versions(ofChangeSet: id)
    }
    func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await store.versions(after: version, limit: limit, maximumBytes: maximumBytes)
    }
    func anchors() async throws(StoreError) -> [AuditAnchor] { try await store.anchors() }
    func boundNames() async throws(StoreError) -> [BoundName] { try await store.boundNames() }
}
