package import ConfigModel
package import ConfigStore
package import GRDB

extension Database {
    /// Adds a version unless one with its number or its change identifier is there.
    package func append(_ record: VersionRecord, at now: Int64) throws -> AppendOutcome {
        if try insert(record, at: now) { return .stored }
        do {
            let mark = try pruneMark(of: record.key)
            if let outcome = try AppendOutcome(of: record, among: rivals(of: record), mark: mark) { return outcome }
        } catch let error as DamagedVersion {
            throw StoreError.damaged(error)
        }
        throw StoreError.invalid("The embedded store refused version \(record.version) of \(record.key).")
    }

    /// Adds versions of different documents unless a version with the number or the change identifier of one of them is there.
    /// It runs in a transaction that is rolled back when it throws.
    package func append(_ set: [VersionRecord], at now: Int64) throws -> SetAppendOutcome {
        // No other writes meanwhile: what is free now is free until the end.
        var found = VersionPage()
        var marks: [DocumentKey: PruneMark] = [:]
        for record in set {
            found.append(contentsOf: try rivals(of: record))
            marks[record.key] = try pruneMark(of: record.key)
        }
        do {
            if let outcome = try SetAppendOutcome(of: set, among: found, marks: marks) { return outcome }
        } catch {
            throw StoreError.damaged(error)
        }
        for record in set where try !insert(record, at: now) {
            throw StoreError.invalid("The embedded store refused version \(record.version) of \(record.key).")
        }
        return .stored
    }

    /// False when its number or its change identifier is taken.
    private func insert(_ record: VersionRecord, at now: Int64) throws -> Bool {
        let statement = try cachedStatement(
            sql: """
                INSERT INTO versions (\(VersionRecord.columns))
                VALUES (\(VersionRecord.placeholders))
                ON CONFLICT DO NOTHING
                """)
        try statement.execute(arguments: record.arguments(storedAt: now))
        return changesCount == 1
    }

    /// What has its number or its change identifier, behind the mark of the document too.
    private func rivals(of record: VersionRecord) throws -> VersionPage {
        try cachedStatement(
            sql: "SELECT * FROM versions WHERE service = ? AND environment = ? AND (version = ? OR change_id = ?)"
        ).storedVersions([record.key.service, record.key.environment, record.version, record.changeID], .max)
    }

    /// One version that meets a condition; throws when it is damaged.
    func version(where condition: String, _ arguments: StatementArguments) throws -> StoredVersion? {
        let page = try versions(where: condition, arguments)
        if let damaged = page.damaged.first { throw StoreError.damaged(damaged) }
        return page.first
    }

    /// Versions that meet a condition and are still kept.
    func versions(
        where condition: String, _ arguments: StatementArguments, _ maximumBytes: Int = .max
    ) throws -> VersionPage {
        let statement = try cachedStatement(
            sql: """
                SELECT * FROM versions WHERE version > ifnull((
                    SELECT through FROM pruned
                    WHERE pruned.service = versions.service AND pruned.environment = versions.environment
                ), 0) AND \(condition)
                """)
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
