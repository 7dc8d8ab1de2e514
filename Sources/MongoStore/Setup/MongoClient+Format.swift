import ConfigStore

/// The number of the format: the document `format` of the collection `meta`, `n`.
extension MongoClient {
    /// The format that this program writes.
    static let format: Int64 = 1

    /// Writes the number where there is none, and refuses a newer one.
    func requireKnownFormat() throws(MongoFailure) {
        let session = try MongoSession(self)
        while true {
            if let stored = try storedFormat(session) {
                guard stored >= 1 else {
                    throw MongoFailure(
                        .invalid,
                        "the format of the database '\(database)' is \(stored), which no version of configbus wrote: restore it from a backup"
                    )
                }
                guard stored <= Self.format else {
                    throw MongoFailure(
                        .invalid,
                        StoreFormat.refusal("the database '\(database)'", stored: stored, known: Self.format))
                }
                return
            }
            do throws(MongoFailure) {
                try insert(
                    .encoding(["_id": "format", "n": .int64(Self.format)]), into: .meta, session: session)
                return
            } catch {
                // Another was the first: its number counts.
                guard error.kind == .duplicateKey else { throw error }
            }
        }
    }

    private func storedFormat(_ session: MongoSession) throws(MongoFailure) -> Int64? {
        do throws(MongoFailure) {
            return try find(
                in: .meta, ["_id": "format"], ["limit": 1, "singleBatch": true], session: session
            ) { row throws(MongoFailure) in try row.int64("n") }.first
        } catch {
            guard error.kind == .malformed else { throw error }
            throw MongoFailure(
                .invalid,
                "the document 'format' of the collection 'meta' in the database '\(database)' has no number (\(error.message)): restore it from a backup"
            )
        }
    }
}
