import ConfigRegistry

extension MongoClient {
    /// By the server's clock: `at` was filled by the server in whole seconds, and `hello` tells the time now.
    ///
    /// A version counts as old when even the end of its second is that long ago.
    func unannounced(olderThan age: Duration, limit: Int) throws(MongoFailure) -> [StoredVersion] {
        guard limit > 0 else { return [] }
        var filter: BSONFields = ["announced": false]
        if age > .zero {
            let oldest = try serverTime() - age.milliseconds
            guard oldest > 0 else { return [] }
            filter.append("at", ["$lt": .timestamp(seconds: UInt32(clamping: oldest / 1_000), increment: 0)])
        }
        return try find(
            in: .versions, filter,
            [
                "hint": VersionIndex.unannounced.key, "sort": ["announced": 1, "at": 1],
                "limit": .int64(Int64(limit)),
            ], StoredVersion.init)
    }

    /// One update for each 1,000 versions; doing it again changes nothing.
    func markAnnounced(_ versions: [VersionIdentity]) throws(MongoFailure) {
        for start in stride(from: 0, to: versions.count, by: 1_000) {
            let identities = versions[start..<min(start + 1_000, versions.count)].map {
                BSONValue.versionIdentity($0.key, $0.version)
            }
            try updateAll(
                in: .versions, ["_id": ["$in": .array(identities)], "announced": false],
                ["$set": ["announced": true]], ["hint": ["_id": 1]])
        }
    }

    /// The primary's wall clock in milliseconds since 1970.
    func serverTime() throws(MongoFailure) -> Int64 {
        try plainCommand(in: "admin", ["hello": 1]) { reply throws(MongoFailure) in try reply.date("localTime") }
    }
}
