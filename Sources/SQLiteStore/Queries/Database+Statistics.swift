import ConfigModel
import ConfigStore
import GRDB

extension Database {
    /// Counts indexes: some milliseconds for a million versions.
    func statistics(at now: Int64) throws -> StoreStatistics {
        let oldest = try Int64.fetchOne(self, sql: "SELECT min(stored_at) FROM versions WHERE announced = 0")
        return StoreStatistics(
            kind: "sqlite",
            documents: try count(
                "SELECT count(*) FROM versions WHERE version = 1 AND environment < '\(DocumentKey.reservedMark)'"),
            versions: try count("SELECT count(*) FROM versions"),
            unannounced: try count("SELECT count(*) FROM versions WHERE announced = 0"),
            oldestUnannounced: oldest.map { .milliseconds(max(0, now - $0)) })
    }

    private func count(_ sql: String) throws -> Int64 { try Int64.fetchOne(self, sql: sql) ?? 0 }
}
