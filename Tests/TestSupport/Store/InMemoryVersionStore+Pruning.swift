import AsyncSupport
package import ConfigModel
package import ConfigStore
import Synchronization

extension InMemoryVersionStore {
    package func pruneMarks(of keys: [DocumentKey]) async throws(StoreError) -> [DocumentKey: PruneMark] {
        try await look { versions in versions.marks.filter { keys.contains($0.key) } }
    }

    package func pruneMarks(after key: DocumentKey?, limit: Int) async throws(StoreError) -> [PruneMark] {
        try await look { versions in
            let marks = versions.marks.values.sorted { $0.key.isBefore($1.key) }
            return Array(marks.filter { mark in key.map { $0.isBefore(mark.key) } ?? true }.prefix(limit))
        }
    }

    package func prunable(
        of key: DocumentKey, upTo last: Int64, storedFor age: Duration
    ) async throws(StoreError) -> PruneMark? {
        let page = try await look { $0.prunable(of: key, upTo: last, storedFor: age) }
        if let damaged = page.damaged.first { throw .damaged(damaged) }
        return page.first.map {
            PruneMark(key: key, through: $0.record.version, recordHash: $0.record.recordHash)
        }
    }

    package func raise(_ mark: PruneMark) async throws(StoreError) {
        try await look { versions in
            guard versions.marks[mark.key].map({ $0.through < mark.through }) ?? true else { return }
            versions.marks[mark.key] = mark
        }
    }

    package func removePruned(of key: DocumentKey, limit: Int) async throws(StoreError) -> Int {
        try await look { $0.removePruned(of: key, limit: limit) }
    }

    package var removalGrace: Duration { .zero }

    package func eraseRemoved() async throws(StoreError) {}

    package func leasePruning(to registry: String, for time: Duration) async throws(StoreError) -> Bool {
        try await look { versions in
            if let lease = versions.pruningLease, lease.owner != registry, lease.until > versions.now { return false }
            versions.pruningLease = (registry, versions.now + time)
            return true
        }
    }

    private func look<Value: Sendable>(
        _ body: (inout InMemoryVersions) -> Value
    ) async throws(StoreError) -> Value {
        try await faults.beforeRead()
        return state.withLock { body(&$0) }
    }
}

extension InMemoryVersions {
    /// The last version that may go.
    fileprivate func prunable(of key: DocumentKey, upTo last: Int64, storedFor age: Duration) -> VersionPage {
        let mark = marks[key]?.through ?? 0
        let rows = kept(key)
        guard let head = rows.last?.stored.record.version else { return [] }
        let first = rows.first { !$0.stored.isAnnounced || now - $0.insertedAt < age }?.stored.record.version
        let through = min(last, head - 1, (first ?? .max) - 1)
        return through > mark ? read(rows.map(\.stored).filter { $0.record.version == through }) : []
    }

    fileprivate mutating func removePruned(of key: DocumentKey, limit: Int) -> Int {
        guard let mark = marks[key], var rows = documents[key] else { return 0 }
        let gone = rows.indices.filter { index in
            let version = rows[index].stored.record.version
            return version > 1 && version <= mark.through
        }.prefix(limit)
        for index in gone.reversed() { rows.remove(at: index) }
        documents[key] = rows
        guard gone.count < limit, emptied.insert(key).inserted else { return gone.count }
        return gone.count + 1
    }
}

extension DocumentKey {
    /// The order of `SignatureStore.outlines(after:limit:)`.
    fileprivate func isBefore(_ other: DocumentKey) -> Bool {
        VersionIdentity.precedes(VersionIdentity(key: self, version: 1), VersionIdentity(key: other, version: 1))
    }
}
