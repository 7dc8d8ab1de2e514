import ConfigAccess
import ConfigStore

extension MongoClient {
    /// Adds entries at positions that are theirs alone, so that doing it again adds none twice.
    func appendAccessLog(_ entries: [(AccessLogEntry, AccessLogPosition)]) throws(MongoFailure) {
        var rows = BSONDocuments()
        for (entry, position) in entries { rows.append(try .encoding(entry.bsonFields(position: position))) }
        for failure in try insert(rows, into: .accessLog) {
            if let failure, failure.kind != .duplicateKey { throw failure }
        }
    }

    /// The newest first.
    func accessLog(_ query: AccessLogQuery) throws(MongoFailure) -> AccessLogPage {
        let limit = max(1, query.limit)
        let rows = try find(
            in: .accessLog, Self.filter(query), ["sort": ["_id": -1], "limit": .int64(Int64(limit) + 1)]
        ) { row throws(MongoFailure) in (position: try row.string("_id"), entry: try AccessLogEntry(row)) }
        let page = rows.prefix(limit)
        return AccessLogPage(entries: page.map(\.entry), next: rows.count > limit ? page.last?.position : nil)
    }

    private static func filter(_ query: AccessLogQuery) -> BSONFields {
        var filter: BSONFields = [:]
        var bounds: BSONFields = [:]
        let (from, before) = query.positions
        bounds.append("$gte", from)
        bounds.append("$lt", before)
        if !bounds.fields.isEmpty { filter.append("_id", .document(bounds)) }
        filter.append("identity", query.identity)
        filter.append("action", query.action)
        filter.append("type", query.type)
        return filter
    }
}
