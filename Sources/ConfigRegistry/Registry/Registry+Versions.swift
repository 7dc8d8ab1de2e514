import AsyncSupport
package import ConfigModel
package import ConfigStore

extension Registry {
    /// One version.
    package func version(_ version: Int64, of key: DocumentKey) async throws(RegistryError) -> VersionRecord {
        // A version never changes, so that it does not matter how old the proof is.
        if let head = source.cache.entry(for: key)?.snapshot, head.record.version == version { return head.record }
        if version >= 1,
            let stored = try await read({ store throws(StoreError) in try await store.version(version, of: key) })
        {
            return stored.record
        }
        let head = try await headVersion(of: key)
        throw try await read { _ throws(StoreError) in try await store.absence(of: version, key, head: head) }
    }

    /// The version that a change identifier made; nil when there is none.
    package func change(_ changeID: String, of key: DocumentKey) async throws(RegistryError) -> VersionRecord? {
        try await read { store throws(StoreError) in try await store.change(changeID, of: key) }?.record
    }

    /// Versions newest first, below `before` when it is given; empty when the document never existed.
    ///
    /// - Parameter maximumBytes: the list ends with the version with which the contents come to so much together.
    package func history(
        of key: DocumentKey, before: Int64? = nil, limit: Int, maximumBytes: Int = .max
    ) async throws(RegistryError) -> VersionPage {
        try await read { store throws(StoreError) in
            try await store.history(of: key, before: before, limit: limit, maximumBytes: maximumBytes)
        }
    }

    /// Two versions to compare: by default the last two. `old` is nil when `new` is version 1 and no old one was requested.
    package func versions(
        old: Int64? = nil, new: Int64? = nil, of key: DocumentKey
    ) async throws(RegistryError) -> (old: VersionRecord?, new: VersionRecord) {
        let newest: VersionRecord
        if let new {
            newest = try await version(new, of: key)
        } else {
            guard let head = try await read({ store throws(StoreError) in try await store.head(of: key) }) else {
                throw .unknownDocument(key)
            }
            newest = head.record
        }
        if old == nil && newest.version == 1 { return (nil, newest) }
        return (try await version(old ?? newest.version - 1, of: key), newest)
    }

    /// The heads of many documents in key order.
    package func heads(_ query: HeadQuery) async throws(RegistryError) -> VersionPage {
        try await read { store throws(StoreError) in try await store.heads(query) }
    }

    /// The same without their contents.
    package func outlines(_ query: HeadQuery) async throws(RegistryError) -> OutlinePage {
        try await read { store throws(StoreError) in try await store.outlines(query) }
    }

    /// The heads of exactly these documents; those that never existed are absent.
    package func heads(of keys: [DocumentKey]) async throws(RegistryError) -> VersionPage {
        try await read { store throws(StoreError) in try await store.heads(of: keys) }
    }

    /// The number of the newest version, damaged or not.
    private func headVersion(of key: DocumentKey) async throws(RegistryError) -> Int64? {
        do {
            return try await read { store throws(StoreError) in try await store.head(of: key) }?.record.version
        } catch {
            guard case .damaged(let version) = error else { throw error }
            return version.version
        }
    }

    private func read<Value: Sendable>(
        _ body: (any VersionReading) async throws(StoreError) -> Value
    ) async throws(RegistryError) -> Value {
        numbers.count { $0.reads.storeReads += 1 }
        do {
            return try await body(store)
        } catch {
            throw RegistryError(reading: error)
        }
    }
}
