import ConfigAccess
import ConfigStore
import GRDB

extension Database {
    /// Adds entries, and removes the oldest beyond so many.
    func appendAccessLog(_ entries: [AccessLogEntry], keeping limit: Int64 = AccessRetention.logEntries) throws {
        let statement = try cachedStatement(
            sql: """
                INSERT INTO access_log (\(AccessLogEntry.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
        for (entry, position) in zip(entries, AccessLogPosition.new(for: entries)) {
            try statement.execute(arguments: entry.arguments(position: position.text))
        }
        try execute(
            sql: "DELETE FROM access_log WHERE number <= (SELECT max(number) FROM access_log) - ?", arguments: [limit])
    }

    /// The newest first.
    func accessLog(_ query: AccessLogQuery) throws -> AccessLogPage {
        var conditions: [String] = []
        var arguments: StatementArguments = []
        func narrow(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        let (from, before) = query.positions
        narrow("position >= ?", from)
        narrow("position < ?", before)
        narrow("identity = ?", query.identity.map { AnyText($0) })
        narrow("action = ?", query.action)
        narrow("type = ?", query.type)
        let filter = conditions.isEmpty ? "" : " WHERE \(conditions.joined(separator: " AND "))"
        let limit = max(1, query.limit)
        arguments += [limit + 1]
        let rows = try Row.fetchAll(
            self, sql: "SELECT * FROM access_log\(filter) ORDER BY position DESC LIMIT ?", arguments: arguments)
        let page = rows.prefix(limit)
        do throws(RowFault) {
            var entries: [AccessLogEntry] = []
            for row in page { entries.append(try AccessLogEntry(row)) }
            return AccessLogPage(entries: entries, next: rows.count > limit ? try page.last?.text("position") : nil)
        } catch {
            throw StoreError.invalid("An entry of the access log is damaged: \(error.description).")
        }
    }
}
