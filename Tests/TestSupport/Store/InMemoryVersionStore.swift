package import ConfigModel
package import ConfigRegistry
import Synchronization

/// A store in memory with the semantics of the port, for tests of rules: fast, and it fails and pauses when told to.
package final class InMemoryVersionStore: VersionStore {
    let state: Mutex<InMemoryVersions>
    let faults = StoreFaults()

    package init(epoch: Epoch = InMemoryVersionStore.newEpoch()) {
        state = Mutex(InMemoryVersions(epoch: epoch))
    }

    /// An epoch of a store that nobody else has.
    package static func newEpoch(number: Int64 = 1) -> Epoch {
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in "0123456789abcdef".randomElement() ?? "0" })
        }
        return Epoch(
            number: number, identifier: [8, 4, 4, 4, 12].map(digits).joined(separator: "-"))
    }

    package func append(
        _ record: VersionRecord, whenStored: @escaping @Sendable () -> Void
    ) async throws(StoreError) -> AppendOutcome {
        let fault = try await faults.beforeAppend()
        if let outcome = fault?.instead { return outcome }
        if let error = fault?.before { throw error }
        let outcome = state.withLock { $0.append(record) }
        if let error = fault?.after { throw error }
        if outcome == .stored { whenStored() }
        return outcome
    }

    package func head(of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await read { $0.documents[key]?.last?.stored }
    }

    package func version(_ version: Int64, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await read { $0.documents[key]?.first { $0.stored.record.version == version }?.stored }
    }

    package func change(_ changeID: String, of key: DocumentKey) async throws(StoreError) -> StoredVersion? {
        try await read { $0.documents[key]?.first { $0.stored.record.changeID == changeID }?.stored }
    }

    package func history(
        of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int
    ) async throws(StoreError) -> [StoredVersion] {
        try await read { versions in
            let rows = versions.documents[key] ?? []
            let found = rows.map(\.stored).filter { $0.record.version < before ?? .max }.reversed().prefix(limit)
            return InMemoryVersions.bounded(Array(found), maximumBytes)
        }
    }

    package func outlines(_ query: HeadQuery) async throws(StoreError) -> [RecordOutline] {
        try await read { versions in
            var query = query
            query.maximumBytes = .max
            return versions.heads(query).map { RecordOutline($0.record) }
        }
    }

    package func heads(_ query: HeadQuery) async throws(StoreError) -> [StoredVersion] {
        try await read { $0.heads(query) }
    }

    package func heads(of keys: [DocumentKey]) async throws(StoreError) -> [StoredVersion] {
        try await read { versions in keys.compactMap { versions.documents[$0]?.last?.stored } }
    }

    package func unannounced(olderThan age: Duration, limit: Int) async throws(StoreError) -> [StoredVersion] {
        try await read { $0.unannounced(olderThan: age, limit: limit) }
    }

    package func markAnnounced(_ versions: [VersionIdentity]) async throws(StoreError) {
        try await faults.beforeMark()
        state.withLock { $0.mark(versions) }
    }

    package func epoch() async throws(StoreError) -> Epoch { try await read { $0.epoch } }

    package func advanceEpoch() async throws(StoreError) -> Epoch {
        state.withLock { versions in
            versions.epoch = Self.newEpoch(number: versions.epoch.number + 1)
            return versions.epoch
        }
    }

    package func anchor(of log: String) async throws(StoreError) -> AuditAnchor? {
        try await read { $0.anchors[log] }
    }

    package func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor {
        state.withLock { versions in
            if let stored = versions.anchors[anchor.log], stored.count >= anchor.count { return stored }
            versions.anchors[anchor.log] = anchor
            return anchor
        }
    }

    package func statistics() async throws(StoreError) -> StoreStatistics { try await read { $0.statistics } }

    package func close() async { faults.close() }

    private func read<Value: Sendable>(
        _ body: (InMemoryVersions) -> Value
    ) async throws(StoreError) -> Value {
        try await faults.beforeRead()
        let value = state.withLock { body($0) }
        await faults.afterRead()
        return value
    }
}

extension InMemoryVersionStore {
    /// Where to make the store fail or pause.
    package var control: StoreFaults { faults }

    /// Lets time pass by the store's clock.
    package func advanceClock(by time: Duration) { state.withLock { $0.clockOffset += time } }

    /// Puts another history in the place of this one, as a restore does.
    package func replaceHistory(by records: [VersionRecord], epoch: Epoch) {
        state.withLock { versions in
            versions = InMemoryVersions(epoch: epoch)
            for record in records { _ = versions.append(record) }
        }
    }

    /// Everything that nobody marked yet.
    package var unmarked: [VersionRecord] {
        state.withLock { $0.unannounced(olderThan: .seconds(-3_600), limit: .max).map(\.record) }
    }
}
