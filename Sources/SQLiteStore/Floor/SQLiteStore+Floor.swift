package import ConfigModel
package import ConfigStore
import GRDB

/// What a benchmark measures the registry against.
extension SQLiteStore {
    /// Adds a version in a transaction of its own and answers how long that took, from its begin to its end.
    package func timeInsert(_ record: VersionRecord) async throws(StoreError) -> Duration {
        let now = Timestamp.now.milliseconds
        do {
            return try await pool.writeWithoutTransaction { database in
                let start = ContinuousClock.now
                try database.inTransaction {
                    _ = try database.append(record, at: now)
                    return .commit
                }
                return ContinuousClock.now - start
            }
        } catch {
            throw StoreError(error, path: pool.path)
        }
    }
}
