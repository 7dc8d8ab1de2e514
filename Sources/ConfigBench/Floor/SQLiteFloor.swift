import ConfigModel
import GRDB
import SQLiteStore

/// Inserts into the embedded store without the port in between: one transaction a version.
struct SQLiteFloor: Sendable {
    let store: SQLiteStore

    /// How long a transaction takes that adds a version, from its begin to its end.
    func timeInsert(_ record: VersionRecord) async throws -> Duration {
        let now = Timestamp.now.milliseconds
        return try await store.pool.writeWithoutTransaction { database in
            let start = ContinuousClock.now
            try database.inTransaction {
                _ = try database.append(record, at: now)
                return .commit
            }
            return ContinuousClock.now - start
        }
    }
}
