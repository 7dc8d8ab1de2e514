import ConfigModel
import ConfigStore

/// Versions in the order of `at`, which the server fills with another moment for each.
extension MongoClient {
    /// The first stretch of the index; the next ones grow, because pages are mostly full early.
    private static let firstStretch = 256

    /// Goes back stretch by stretch. Where a stretch ends is known before its versions are read, so that what is stored meanwhile
    /// moves no end.
    func changes(_ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?) throws(MongoFailure) -> AuditPage {
        var builder = AuditPageBuilder(query, mayRead: mayRead)
        var before = query.after
        var remaining = max(1, query.scanLimit)
        var stretch = Self.firstStretch
        while true {
            let end = try position(ofNumber: min(stretch, remaining), before: before, query)
            try read(query, from: end, before: before, into: &builder)
            remaining -= min(stretch, remaining)
            if builder.isFull || end == nil || remaining == 0 { return try kept(builder.page(upTo: end)) }
            before = end
            stretch *= 4
        }
    }

    private func kept(_ page: AuditPage) throws(MongoFailure) -> AuditPage {
        let keys = Set(page.versions.map(\.key) + page.damaged.compactMap(\.key))
        return keys.isEmpty ? page : page.kept(behind: try pruneMarks(of: Array(keys)))
    }

    /// Where the version with this number stands, from 1 at the newest, when there are others behind it.
    private func position(
        ofNumber number: Int, before: AuditPosition?, _ query: AuditQuery
    ) throws(MongoFailure) -> AuditPosition? {
        let found = try find(
            in: .versions, ["at": query.range(from: nil, before: before)],
            [
                "hint": VersionIndex.stored.key, "sort": ["at": -1], "projection": ["_id": 0, "at": 1],
                "skip": .int64(Int64(number - 1)), "limit": 2,
            ]
        ) { row throws(MongoFailure) in try row.position() }
        return found.count == 2 ? found[0] : nil
    }

    private func read(
        _ query: AuditQuery, from end: AuditPosition?, before: AuditPosition?, into builder: inout AuditPageBuilder
    ) throws(MongoFailure) {
        var filter: BSONFields = ["at": query.range(from: end, before: before)]
        filter.narrow(query)
        var rest = builder
        _ = try find(
            in: .versions, filter,
            ["hint": VersionIndex.stored.key, "sort": ["at": -1], "projection": ["config_data": 0]],
            until: { _ in rest.isFull }
        ) { row throws(MongoFailure) -> Bool in
            let identity = try? VersionIdentity.reading(row).get()
            guard rest.wants(identity?.key) else { return false }
            rest.append(RecordOutline.reading(row), at: try row.position())
            return true
        }
        builder = rest
    }
}

extension AuditQuery {
    /// What `at` has to be. There is always a lower bound, so that it is a timestamp.
    fileprivate func range(from end: AuditPosition?, before: AuditPosition?) -> BSONValue {
        let earliest = earliestArrival.map { AuditPosition(time: $0.milliseconds / 1_000, number: 0) }
        let first = AuditPosition(time: 0, number: 1)
        var range: BSONFields = ["$gte": .arrival([end, earliest].compactMap(\.self).max() ?? first)]
        if let before { range.append("$lt", .arrival(before)) }
        return .document(range)
    }
}

extension BSONFields {
    fileprivate mutating func narrow(_ query: AuditQuery) {
        append("_id.s", query.service)
        if let prefix = query.prefix {
            append("$or", .array(NameRange.segments(prefix).map { ["_id.s": $0.condition] }))
        }
        append("_id.e", query.environment)
        append("created_by", query.createdBy)
        append("change_type", query.changeType?.rawValue)
        append("correlation_id", query.correlationID)
        append("changeset_id", query.changeSetID)
        if query.hasOverrides { append("overrides", ["$exists": true]) }
        var times: BSONFields = [:]
        if let since = query.since { times.append("$gte", .date(since.milliseconds)) }
        if let until = query.until { times.append("$lt", .date(until.milliseconds)) }
        if !times.fields.isEmpty { append("created_at", .document(times)) }
    }
}

extension BSONValue {
    fileprivate static func arrival(_ position: AuditPosition) -> BSONValue {
        .timestamp(seconds: UInt32(clamping: position.time), increment: UInt32(clamping: position.number))
    }
}

extension BSONView {
    fileprivate func position() throws(MongoFailure) -> AuditPosition {
        let moment = try moment("at")
        return AuditPosition(time: Int64(moment.seconds), number: Int64(moment.increment))
    }
}
