import ConfigModel
import ConfigStore
import GRDB

extension Database {
    /// Walks the index of numbers.
    func outlines(after version: VersionIdentity?, limit: Int) throws -> OutlinePage {
        let from = "SELECT \(RecordOutline.columns) FROM versions AS head"
        let order = "ORDER BY head.service, head.environment, head.version LIMIT ?"
        guard let version else {
            return try cachedStatement(sql: "\(from) \(order)").outlines([max(0, limit)])
        }
        let behind = "WHERE (head.service, head.environment, head.version) > (?, ?, ?)"
        return try cachedStatement(sql: "\(from) \(behind) \(order)").outlines(
            [version.key.service, version.key.environment, version.version, max(0, limit)])
    }

    /// Doing it again changes nothing.
    func replaceSignatures(_ changes: [SignatureChange]) throws {
        let statement = try cachedStatement(
            sql: """
                UPDATE versions SET signature = ?, key_id = ?
                WHERE service = ? AND environment = ? AND version = ? AND record_hash = ? AND signature = ? AND key_id = ?
                """)
        for change in changes {
            try statement.execute(
                arguments: [
                    change.after.signature, change.after.keyID, change.version.key.service,
                    change.version.key.environment, change.version.version, change.recordHash, change.before.signature,
                    change.before.keyID,
                ])
        }
    }
}
