import ConfigStore

extension MongoClient {
    /// In the order of `at`, which the server's clock filled.
    func unannounced(limit: Int) throws(MongoFailure) -> UnannouncedVersions {
        guard limit > 0 else { return UnannouncedVersions() }
        return UnannouncedVersions(
            try find(
                in: .versions, ["announced": false],
                [
                    "hint": VersionIndex.unannounced.key, "sort": ["announced": 1, "at": 1],
                    "projection": ["_id": 1], "limit": .int64(Int64(limit)),
                ]
            ) { row throws(MongoFailure) in VersionIdentity.reading(row) })
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
