import ConfigModel
import ConfigStore
import GRDB

extension Database {
    func pruneMark(of key: DocumentKey) throws -> PruneMark? {
        let statement = try cachedStatement(
            sql: "SELECT service, environment, through, record_hash FROM pruned WHERE service = ? AND environment = ?")
        return try Row.fetchOne(statement, arguments: [key.service, key.environment]).map(PruneMark.init)
    }

    func pruneMarks(after key: DocumentKey?, limit: Int) throws -> [PruneMark] {
        let statement = try cachedStatement(
            sql: """
                SELECT service, environment, through, record_hash FROM pruned
                WHERE (service, environment) > (?, ?) ORDER BY service, environment LIMIT ?
                """)
        let position = (key?.service ?? "", key?.environment ?? "")
        return try Row.fetchAll(statement, arguments: [position.0, position.1, max(0, limit)]).map(PruneMark.init)
    }

    /// - Parameter before: in milliseconds since 1970.
    func prunable(of key: DocumentKey, upTo last: Int64, storedBefore before: Int64) throws -> PruneMark? {
        let mark = try pruneMark(of: key)?.through ?? 0
        let first = try Int64.fetchOne(
            cachedStatement(
                sql: """
                    SELECT min(version) FROM versions
                    WHERE service = ? AND environment = ? AND version > ? AND (announced = 0 OR stored_at > ?)
                    """),
            arguments: [key.service, key.environment, mark, before])
        let head = try Int64.fetchOne(
            cachedStatement(sql: "SELECT max(version) FROM versions WHERE service = ? AND environment = ?"),
            arguments: [key.service, key.environment])
        let through = min(last, (first ?? .max) - 1, (head ?? 0) - 1)
        guard through > mark, let record = try version(through, of: key)?.record else { return nil }
        return PruneMark(key: key, through: through, recordHash: record.recordHash)
    }

    /// The mark only rises.
    func raise(_ mark: PruneMark) throws {
        try cachedStatement(
            sql: """
                INSERT INTO pruned (service, environment, through, record_hash) VALUES (?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET through = excluded.through, record_hash = excluded.record_hash
                WHERE excluded.through > through
                """
        ).execute(arguments: [mark.key.service, mark.key.environment, mark.through, mark.recordHash])
    }

    func removePruned(of key: DocumentKey, limit: Int) throws -> Int {
        guard limit > 0, let mark = try pruneMark(of: key) else { return 0 }
        let document: StatementArguments = [key.service, key.environment]
        try cachedStatement(
            sql: """
                DELETE FROM versions WHERE rowid IN (
                    SELECT rowid FROM versions
                    WHERE service = ? AND environment = ? AND version > 1 AND version <= ? ORDER BY version LIMIT ?
                )
                """
        ).execute(arguments: document + [mark.through, limit])
        let removed = changesCount
        guard removed < limit else { return removed }
        try cachedStatement(
            sql: """
                UPDATE versions SET config_data = x''
                WHERE service = ? AND environment = ? AND version = 1 AND length(config_data) > 0
                """
        ).execute(arguments: document)
        return removed + changesCount
    }
}

extension PruneMark {
    fileprivate init(_ row: Row) throws {
        self.init(
            key: try row.documentKey(), through: try row.int64("through"), recordHash: try row.text("record_hash"))
    }
}
