import ConfigModel
import ConfigStore
import GRDB

extension Database {
    /// Walks the index of arrivals from its end; rows that arrived in the same millisecond, in the order of their insertion.
    func changes(_ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?) throws -> AuditPage {
        let selection = AuditSelection(query, behind: try query.after.map(arrival))
        let rows = try Row.fetchCursor(self, sql: selection.sql, arguments: selection.arguments)
        var builder = AuditPageBuilder(query, mayRead: mayRead)
        var scanned = 0
        var last: Arrival?
        var end: Arrival?
        while !builder.isFull, let row = try rows.next() {
            guard scanned < query.scanLimit else {
                end = last
                break
            }
            // The tables let nothing else in than numbers.
            guard let arrival = try? Arrival(row) else { continue }
            scanned += 1
            last = arrival
            guard (try? row.int64("fits")) == 1, builder.wants(try? row.documentKey()) else { continue }
            builder.append(RecordOutline.reading(row), at: AuditPosition(time: arrival.time, number: arrival.row))
        }
        return try numbered(
            builder.page(upTo: end.map { AuditPosition(time: $0.time, number: $0.row) }))
    }

    /// Numbers of rows would tell how many versions there are, of documents too that the caller may not see; a position says
    /// which of its millisecond's it is.
    private func numbered(_ page: AuditPage) throws -> AuditPage {
        let statement = try cachedStatement(sql: "SELECT count(*) FROM versions WHERE stored_at = ? AND rowid < ?")
        func numbered(_ position: AuditPosition) throws -> AuditPosition {
            let before = try Int64.fetchOne(statement, arguments: [position.time, position.number])
            return AuditPosition(time: position.time, number: before ?? 0)
        }
        return AuditPage(
            rows: try page.rows.map { AuditPage.Row(position: try numbered($0.position), version: $0.version) },
            next: try page.next.map(numbered))
    }

    /// The row at a position, or the end of its millisecond when there are not so many rows.
    private func arrival(at position: AuditPosition) throws -> Arrival {
        let row = try Int64.fetchOne(
            self, sql: "SELECT rowid FROM versions WHERE stored_at = ? ORDER BY rowid LIMIT 1 OFFSET ?",
            arguments: [position.time, position.number])
        return Arrival(time: position.time, row: row ?? .max)
    }
}

/// When a row was inserted.
struct Arrival {
    let time: Int64
    let row: Int64

    init(time: Int64, row: Int64) {
        self.time = time
        self.row = row
    }

    init(_ row: Row) throws(RowFault) {
        self.init(time: try row.int64("stored_at"), row: try row.int64("arrival"))
    }
}

/// The statement that says of versions, newest first, whether they fit.
struct AuditSelection {
    private(set) var sql: String
    private(set) var arguments: StatementArguments = []

    init(_ query: AuditQuery, behind arrival: Arrival?) {
        var conditions = Conditions()
        conditions.narrow(query)
        // What is behind the mark of its document is not there.
        conditions.narrow(
            """
            head.version > ifnull((
                SELECT through FROM pruned WHERE pruned.service = head.service AND pruned.environment = head.environment
            ), 0)
            """)
        let fits = "(\(conditions.texts.joined(separator: " AND "))) IS TRUE"
        arguments += conditions.arguments
        sql = "SELECT \(fits) AS fits, head.rowid AS arrival, \(RecordOutline.columns) FROM versions AS head"
        var range = Conditions()
        if let earliest = query.earliestArrival { range.narrow("head.stored_at >= ?", [earliest.milliseconds]) }
        if let arrival {
            range.narrow(
                "head.stored_at <= ? AND (head.stored_at, head.rowid) < (?, ?)",
                [arrival.time, arrival.time, arrival.row])
        }
        if !range.texts.isEmpty { sql += " WHERE \(range.texts.joined(separator: " AND "))" }
        arguments += range.arguments
        sql += " ORDER BY head.stored_at DESC, head.rowid DESC"
    }
}

private struct Conditions {
    private(set) var texts: [String] = []
    private(set) var arguments: StatementArguments = []

    mutating func narrow(_ condition: String, _ values: StatementArguments = []) {
        texts.append(condition)
        arguments += values
    }

    mutating func narrow(_ query: AuditQuery) {
        if let service = query.service { narrow("head.service = ?", [service]) }
        // Whole segments: "/" comes right behind "." and is in no name.
        if let prefix = query.prefix {
            narrow(
                "(head.service = ? OR (head.service >= ? AND head.service < ?))", [prefix, "\(prefix).", "\(prefix)/"])
        }
        if let environment = query.environment { narrow("head.environment = ?", [environment]) }
        if let author = query.createdBy { narrow("head.created_by = ?", [AnyText(author)]) }
        if let type = query.changeType { narrow("head.change_type = ?", [type.rawValue]) }
        if let id = query.correlationID { narrow("head.correlation_id = ?", [AnyText(id)]) }
        if let id = query.changeSetID { narrow("head.changeset_id = ?", [id]) }
        if query.hasOverrides { narrow("head.overrides IS NOT NULL") }
        if let since = query.since { narrow("head.created_at >= ?", [since.milliseconds]) }
        if let until = query.until { narrow("head.created_at < ?", [until.milliseconds]) }
    }
}
