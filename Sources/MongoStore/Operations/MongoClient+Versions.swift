import ConfigModel
import ConfigRegistry

extension MongoClient {
    /// The newest version: one seek in the index of `_id`, from the end of the document's range.
    func head(of key: DocumentKey) throws(MongoFailure) -> StoredVersion? {
        try newest(of: key, before: .max, limit: 1, ["singleBatch": true]).first
    }

    func version(_ version: Int64, of key: DocumentKey) throws(MongoFailure) -> StoredVersion? {
        try find(
            in: .versions, ["_id": .versionIdentity(key, version)], ["limit": 1, "singleBatch": true],
            StoredVersion.init
        ).first
    }

    func change(_ changeID: String, of key: DocumentKey) throws(MongoFailure) -> StoredVersion? {
        try find(
            in: .versions,
            ["_id.s": .string(key.service), "_id.e": .string(key.environment), "change_id": .string(changeID)],
            ["hint": VersionIndex.change.key, "limit": 1, "singleBatch": true], StoredVersion.init
        ).first
    }

    /// Versions newest first.
    func newest(
        of key: DocumentKey, before end: Int64, limit: Int, maximumBytes: Int = .max, _ options: BSONFields = [:]
    ) throws(MongoFailure) -> [StoredVersion] {
        var bound = ContentBound(maximumBytes)
        var options = options
        options.append("sort", ["_id": -1])
        options.append("limit", .int64(Int64(limit)))
        return try find(
            in: .versions,
            ["_id": ["$gte": .versionIdentity(key, 1), "$lt": .versionIdentity(key, end)]], options,
            until: { bound.isReached(by: $0) }, StoredVersion.init)
    }
}

/// How much content may be read together.
struct ContentBound {
    private var remaining: Int

    init(_ maximumBytes: Int) { remaining = maximumBytes }

    /// Counts a version that was read.
    mutating func isReached(by version: StoredVersion) -> Bool {
        remaining -= version.record.content.bytes.count
        return remaining <= 0
    }
}
