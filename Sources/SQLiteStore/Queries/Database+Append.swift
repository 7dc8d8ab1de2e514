import ConfigModel
import ConfigRegistry
import GRDB

extension Database {
    /// Adds a version unless one with its number or its change identifier is there.
    func append(_ record: VersionRecord, at now: Int64) throws -> AppendOutcome {
        let statement = try cachedStatement(
            sql: """
                INSERT INTO versions (\(VersionRecord.columns))
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)
        try statement.execute(arguments: record.arguments(storedAt: now))
        if changesCount == 1 { return .stored }
        let rivals = try versions(
            where: "service = ? AND environment = ? AND (version = ? OR change_id = ?)",
            [record.key.service, record.key.environment, record.version, record.changeID])
        guard let outcome = AppendOutcome(of: record, among: rivals.map(\.record)) else {
            throw StoreError.invalid("The embedded store refused version \(record.version) of \(record.key).")
        }
        return outcome
    }

    /// Versions that meet a condition.
    func versions(
        where condition: String, _ arguments: StatementArguments, _ maximumBytes: Int = .max
    ) throws -> [StoredVersion] {
        let statement = try cachedStatement(sql: "SELECT * FROM versions WHERE \(condition)")
        return try statement.storedVersions(arguments, maximumBytes)
    }
}

extension Statement {
    /// The rows as versions, up to the one with which the contents come to so many bytes.
    func storedVersions(_ arguments: StatementArguments, _ maximumBytes: Int) throws -> [StoredVersion] {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        var versions: [StoredVersion] = []
        var bytes = 0
        while bytes < maximumBytes, let row = try rows.next() {
            let version = try StoredVersion(row)
            bytes += version.record.content.bytes.count
            versions.append(version)
        }
        return versions
    }

    /// The rows as outlines, which need no column with a content.
    func outlines(_ arguments: StatementArguments) throws -> [RecordOutline] {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        var outlines: [RecordOutline] = []
        while let row = try rows.next() { outlines.append(try RecordOutline(row)) }
        return outlines
    }
}
