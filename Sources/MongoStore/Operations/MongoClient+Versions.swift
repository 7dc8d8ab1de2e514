import ConfigModel
import ConfigStore

extension MongoClient {
    /// The newest version: one seek in the index of `_id`, from the end of the document's range.
    func head(of key: DocumentKey) throws(MongoFailure) -> StoredVersion? {
        try only(of: newest(of: key, before: .max, limit: 1, ["singleBatch": true]))
    }

    func version(_ version: Int64, of key: DocumentKey) throws(MongoFailure) -> StoredVersion? {
        try only(of: kept(versions(["_id": .versionIdentity(key, version)], ["limit": 1, "singleBatch": true])))
    }

    func change(_ changeID: String, of key: DocumentKey) throws(MongoFailure) -> StoredVersion? {
        try only(
            of: kept(
                versions(
                    ["_id.s": .string(key.service), "_id.e": .string(key.environment), "change_id": .string(changeID)],
                    ["hint": VersionIndex.change.key, "limit": 1, "singleBatch": true])))
    }

    /// Versions newest first.
    func history(
        of key: DocumentKey, before end: Int64, limit: Int, maximumBytes: Int
    ) throws(MongoFailure) -> VersionPage {
        try kept(newest(of: key, before: end, limit: limit, maximumBytes: maximumBytes))
    }

    private func newest(
        of key: DocumentKey, before end: Int64, limit: Int, maximumBytes: Int = .max, _ options: BSONFields = [:]
    ) throws(MongoFailure) -> VersionPage {
        var options = options
        options.append("sort", ["_id": -1])
        options.append("limit", .int64(Int64(limit)))
        return try versions(
            ["_id": ["$gte": .versionIdentity(key, 1), "$lt": .versionIdentity(key, end)]], options,
            maximumBytes: maximumBytes)
    }

    /// The members of a change set.
    func versions(ofChangeSet id: String) throws(MongoFailure) -> VersionPage {
        try kept(versions(["changeset_id": .string(id)], ["limit": .int64(Int64(ChangeSet.maximumMembers))]))
    }

    /// Exactly these versions, with one round trip for each 100 of them.
    func versions(_ identities: [VersionIdentity]) throws(MongoFailure) -> VersionPage {
        var page = VersionPage()
        for start in stride(from: 0, to: identities.count, by: 100) {
            let piece = identities[start..<min(start + 100, identities.count)]
            page.append(
                contentsOf: try versions(["_id": ["$in": .array(piece.map { .versionIdentity($0.key, $0.version) })]]))
        }
        return try kept(page)
    }

    /// The versions that match, those behind the marks of their documents too.
    func versions(
        _ filter: BSONFields, _ options: BSONFields = [:], session: MongoSession? = nil, maximumBytes: Int = .max
    ) throws(MongoFailure) -> VersionPage {
        var bound = ContentBound(maximumBytes)
        return VersionPage(
            try find(in: .versions, filter, options, session: session, until: { bound.isReached(by: $0) }) {
                row throws(MongoFailure) in StoredVersion.reading(row)
            })
    }

    /// The version of a page of at most one.
    private func only(of page: VersionPage) throws(MongoFailure) -> StoredVersion? {
        if let damaged = page.damaged.first { throw MongoFailure(damaged) }
        return page.first
    }
}

/// How much content may be read together.
struct ContentBound {
    private var remaining: Int

    init(_ maximumBytes: Int) { remaining = maximumBytes }

    /// Counts a version that was read.
    mutating func isReached(by version: VersionPage.Row) -> Bool {
        if case .success(let version) = version { remaining -= version.record.content.bytes.count }
        return remaining <= 0
    }
}
