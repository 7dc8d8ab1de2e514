package import ConfigModel
package import ConfigStore
package import GRDB

extension Database {
    /// Adds a version unless one with its number or its change identifier is there.
    package func append(_ record: VersionRecord, at now: Int64) throws -> AppendOutcome {
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
        do {
            if let outcome = try AppendOutcome(of: record, among: rivals) { return outcome }
        } catch {
            throw StoreError.damaged(error)
        }
        throw StoreError.invalid("The embedded store refused version \(record.version) of \(record.key).")
    }

    /// One version that meets a condition; throws when it is damaged.
    func version(where condition: String, _ arguments: StatementArguments) throws -> StoredVersion? {
        let page = try versions(where: condition, arguments)
        if let damaged = page.damaged.first { throw StoreError.damaged(damaged) }
        return page.first
    }

    /// Versions that meet a condition.
    func versions(
        where condition: String, _ arguments: StatementArguments, _ maximumBytes: Int = .max
    ) throws -> VersionPage {
        let statement = try cachedStatement(sql: "SELECT * FROM versions WHERE \(condition)")
        return try statement.storedVersions(arguments, maximumBytes)
    }
}

extension Statement {
    /// The rows as versions, up to the one with which the contents come to so many bytes.
    func storedVersions(_ arguments: StatementArguments, _ maximumBytes: Int) throws -> VersionPage {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        var page = VersionPage()
        var bytes = 0
        while bytes < maximumBytes, let row = try rows.next() {
            let version = StoredVersion.reading(row)
            if case .success(let version) = version { bytes += version.record.content.bytes.count }
            page.append(version)
        }
        return page
    }

    /// The rows as outlines, which need no column with a content.
    func outlines(_ arguments: StatementArguments) throws -> OutlinePage {
        let rows = try Row.fetchCursor(self, arguments: arguments)
        var page = OutlinePage()
        while let row = try rows.next() { page.append(RecordOutline.reading(row)) }
        return page
    }
}
