import AsyncSupport
package import ConfigModel
package import ConfigStore
import GRDB

extension SQLiteStore {
    package func pruneMarks(of keys: [DocumentKey]) async throws(StoreError) -> [DocumentKey: PruneMark] {
        try await read { database in
            var marks: [DocumentKey: PruneMark] = [:]
            for key in keys { marks[key] = try database.pruneMark(of: key) }
            return marks
        }
    }

    package func pruneMarks(after key: DocumentKey?, limit: Int) async throws(StoreError) -> [PruneMark] {
        try await read { try $0.pruneMarks(after: key, limit: limit) }
    }

    package func prunable(
        of key: DocumentKey, upTo last: Int64, storedFor age: Duration
    ) async throws(StoreError) -> PruneMark? {
        try await read {
            try $0.prunable(of: key, upTo: last, storedBefore: Timestamp.now.milliseconds - age.milliseconds)
        }
    }

    package func raise(_ mark: PruneMark) async throws(StoreError) { try await write { try $0.raise(mark) } }

    package func removePruned(of key: DocumentKey, limit: Int) async throws(StoreError) -> Int {
        try await write { try $0.removePruned(of: key, limit: limit) }
    }

    /// No other registry has the file.
    package var removalGrace: Duration { .zero }

    /// The file is written anew: also pages that were in use before hold pieces of old rows.
    package func eraseRemoved() async throws(StoreError) {
        try await writeWithoutTransaction { try $0.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)") }
    }

    /// The file belongs to one registry.
    package func leasePruning(to registry: String, for time: Duration) async throws(StoreError) -> Bool { true }
}
