import ConfigStore

/// The number of the format: the document `format` of the collection `meta`, `n`. It rises when there is something that an older
/// program would get wrong.
extension MongoClient {
    /// The newest format that this program knows.
    static let format = pruningFormat
    /// The format of a store that has neither identities nor change sets.
    static let firstFormat: Int64 = 1
    /// From the moment when callers need a credential: an older program would let every caller in.
    static let identityFormat: Int64 = 2
    /// From the first change set on: an older program would announce its members without the list, and no watcher takes them.
    static let changeSetFormat: Int64 = 3
    /// From the first mark on: an older program would take version 1 without its content for damaged.
    static let pruningFormat: Int64 = 4

    /// Keeps programs that do not know a format from the store.
    func raiseFormat(to number: Int64) throws(MongoFailure) {
        try updateAll(in: .meta, ["_id": "format", "n": ["$lt": .int64(number)]], ["$set": ["n": .int64(number)]])
    }

    /// Writes the number where there is none, and refuses a newer one.
    ///
    /// - Parameter takesRestore: true when a store with a part of a backup is taken too.
    func requireKnownFormat(takesRestore: Bool = false) throws(MongoFailure) {
        let session = try MongoSession(self)
        while true {
            if let stored = try storedFormat(session) {
                guard stored >= 1 else {
                    throw MongoFailure(
                        .invalid,
                        "the format of the database '\(database)' is \(stored), which no version of configbus wrote: restore it from a backup"
                    )
                }
                guard stored != StoreFormat.restoring else {
                    if takesRestore { return }
                    throw MongoFailure(.invalid, RestoreMark.refusal("the database '\(database)'"))
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
                    .encoding(["_id": "format", "n": .int64(Self.firstFormat)]), into: .meta, session: session)
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
