import ConfigModel
import ConfigStore
import MetricsExposition

/// A store; it records how long each call took and which failed, and has a span for each.
struct MeasuredStore: RegistryStore {
    let store: any RegistryStore
    let metrics: RegistryMetrics
    let tracing: RegistryTracing

    func append(_ record: VersionRecord) async throws(StoreError) -> AppendOutcome {
        try await calling(.append) { () throws(StoreError) in try await store.append(record) }
    }

    func append(_ set: [VersionRecord]) async throws(StoreError) -> SetAppendOutcome {
        try await calling(.appendSet) { () throws(StoreError) in try await store.append(set) }
    }

    func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await calling(.head) { () throws(StoreError) in try await store.head(of: key) }
    }

    func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await calling(.version) { () throws(StoreError) in try await store.version(version, of: key) }
    }

    func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await calling(.change) { () throws(StoreError) in try await store.change(changeID, of: key) }
    }

    func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> VersionPage {
        try await calling(.history) { () throws(StoreError) in
            try await store.history(of: key, before: before, limit: limit, maximumBytes: maximumBytes)
        }
    }

    func heads(_ query: HeadQuery) async throws(StoreError) -> VersionPage {
        try await calling(.heads) { () throws(StoreError) in try await store.heads(query) }
    }

    func outlines(_ query: HeadQuery) async throws(StoreError) -> OutlinePage {
        try await calling(.outlines) { () throws(StoreError) in try await store.outlines(query) }
    }

    func heads(of keys: [DocumentKey]) async throws(StoreError) -> VersionPage {
        try await calling(.heads) { () throws(StoreError) in try await store.heads(of: keys) }
    }

    func versions(_ versions: [VersionIdentity]) async throws(StoreError) -> VersionPage {
        try await calling(.versions) { () throws(StoreError) in try await store.versions(versions) }
    }

    func versions(ofChangeSet id: String) async throws(StoreError) -> VersionPage {
        try await calling(.changeSet) { () throws(StoreError) in try await store.versions(ofChangeSet: id) }
    }

    func unannounced(limit: Int) async throws(StoreError) -> UnannouncedVersions {
        try await calling(.unannounced) { () throws(StoreError) in try await store.unannounced(limit: limit) }
    }

    func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError) {
        try await calling(.markAnnounced) { () throws(StoreError) in try await store.markAnnounced(versions) }
    }

    func statistics() async throws(StoreError) -> StoreStatistics {
        try await calling(.statistics) { () throws(StoreError) in try await store.statistics() }
    }

    func close() async { await store.close() }

    /// Does one call of the store.
    func calling<Value>(
        _ operation: StoreOperation, _ call: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        try await metrics.measuring(operation) { () throws(StoreError) in
            try await tracing.storing(operation, call)
        }
    }
}

extension RegistryMetrics {
    /// Does one call of the store.
    func measuring<Value>(
        _ operation: StoreOperation, _ call: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        let beganAt = ContinuousClock.now
        defer { operations.record(operation, since: beganAt) }
        do throws(StoreError) {
            return try await call()
        } catch {
            storeErrors.count(StoreErrorKind(error))
            throw error
        }
    }
}
