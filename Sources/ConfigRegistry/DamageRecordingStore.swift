import ConfigModel
import ConfigStore

/// The versions of a store; it records which of those that it reads are damaged, and whether there is room for what is
/// written.
struct DamageRecordingStore: VersionStore {
    let store: any VersionStore
    /// Says what the store does not keep any more.
    let marks: any PruningStore
    let book: DamageBook
    let room: StoreRoom

    func append(_ record: VersionRecord) async throws(StoreError) -> AppendOutcome {
        try await recording { () throws(StoreError) in
            try await room.recording { () throws(StoreError) in try await store.append(record) }
        }
    }

    func append(_ set: [VersionRecord]) async throws(StoreError) -> SetAppendOutcome {
        try await recording { () throws(StoreError) in
            try await room.recording { () throws(StoreError) in try await store.append(set) }
        }
    }

    func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await recording { () throws(StoreError) in try await store.head(of: key) }
    }

    func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await recording { () throws(StoreError) in try await store.version(version, of: key) }
    }

    func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await recording { () throws(StoreError) in try await store.change(changeID, of: key) }
    }

    func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        recorded(try await store.history(of: key, before: before, limit: limit, maximumBytes: maximumBytes))
    }

    func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage { recorded(try await store.heads(query)) }

    func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage {
        recorded(try await store.outlines(query))
    }

    func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage {
        recorded(try await store.heads(of: keys))
    }

    func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage {
        recorded(try await store.versions(versions))
    }

    func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage {
        recorded(try await store.versions(ofChangeSet: id))
    }

    func unannounced(limit: Int) async throws(StoreError) -> UnannouncedVersions {
        let page = try await store.unannounced(limit: limit)
        book.record(page.damaged)
        return page
    }

    func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError) {
        try await room.recording { () throws(StoreError) in try await store.markAnnounced(versions) }
    }

    /// Why a document has no such version: it never had, or does not keep it any more.
    ///
    /// - Parameter head: the document's newest version; nil when it has none.
    func absence(
        of version: Int64, _ key: DocumentKey, head: Int64?
    ) async throws(StoreError) -> RegistryError {
        if let mark = try await marks.pruneMarks(of: [key])[key], (1...mark.through).contains(version) {
            return .prunedVersion(key, version, oldest: mark.through + 1)
        }
        return .unknownVersion(key, version, head: head)
    }

    func statistics() async throws(StoreError) -> StoreStatistics { try await store.statistics() }

    func close() async { await store.close() }

    /// Looks again at what was damaged, in case it was repaired.
    func checkAgain() async throws(StoreError) {
        let known = book.identities
        for start in stride(from: 0, to: known.count, by: 100) {
            let piece = known[start..<min(start + 100, known.count)]
            let page = try await store.versions(Array(piece))
            book.settle(Set(piece).subtracting(page.damaged.compactMap(\.identity)))
            book.record(page.damaged)
        }
    }

    private func recorded<Element>(_ page: ReadPage<Element>) -> ReadPage<Element> {
        book.record(page.damaged)
        return page
    }

    private func recording<Value>(
        _ call: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        do {
            return try await call()
        } catch {
            if case .damaged(let version) = error { book.record([version]) }
            throw error
        }
    }
}
