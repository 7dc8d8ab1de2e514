import ConfigModel
import ConfigStore

extension MongoClient {
    /// Unannounced versions are counted up to this many.
    private static let unannouncedLimit: Int64 = 10_000

    func statistics(documents: DocumentCount) throws(MongoFailure) -> StoreStatistics {
        let unannounced = try count([
            "query": ["announced": false], "hint": VersionIndex.unannounced.key, "limit": .int64(Self.unannouncedLimit),
        ])
        return StoreStatistics(
            kind: "mongodb",
            documents: try documents.value { limit throws(MongoFailure) in
                try count([
                    "query": ["_id.v": 1, "_id.e": NameRange.unreserved.condition], "hint": VersionIndex.document.key,
                    "limit": .int64(limit),
                ])
            },
            // From the collection's metadata, in constant time.
            versions: try count([:]),
            unannounced: unannounced,
            oldestUnannounced: unannounced == 0 ? nil : try oldestUnannounced(),
            // The last, because the caller compares it with its own.
            clock: Timestamp(milliseconds: try serverTime()))
    }

    private func oldestUnannounced() throws(MongoFailure) -> Duration? {
        let seconds = try find(
            // Those without a time are damaged.
            in: .versions, ["announced": false, "at": ["$gte": .timestamp(seconds: 0, increment: 0)]],
            [
                "hint": VersionIndex.unannounced.key, "sort": ["announced": 1, "at": 1],
                "projection": ["_id": 0, "announced": 1, "at": 1], "limit": 1, "singleBatch": true,
            ]
        ) { row throws(MongoFailure) in try row.timestamp("at") }.first
        guard let seconds else { return nil }
        return .milliseconds(max(0, try serverTime() - seconds * 1_000))
    }

    private func count(_ options: BSONFields) throws(MongoFailure) -> Int64 {
        var command: BSONFields = ["count": "versions"]
        for option in options.fields { command.append(option.name, option.value) }
        return try readCommand(for: .versions, command) { reply throws(MongoFailure) in try reply.int64("n") }
    }
}
