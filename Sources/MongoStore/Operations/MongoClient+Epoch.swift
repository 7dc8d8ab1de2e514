import ConfigModel

/// The epoch is the document `epoch` of the collection `meta`: `n` and `id`.
extension MongoClient {
    /// The epoch; the first caller of all makes it, and whoever asks at the same time gets the same.
    func epoch() throws(MongoFailure) -> Epoch {
        if let epoch = try storedEpoch() { return epoch }
        let first = Epoch(number: 1, identifier: UUIDText.random())
        let session = try MongoSession(self)
        do throws(MongoFailure) {
            try insert(
                .encoding(["_id": "epoch", "n": .int64(first.number), "id": .string(first.identifier)]), into: .meta,
                session: session)
        } catch {
            guard error.kind == .duplicateKey || error.kind == .unavailable else { throw error }
        }
        guard let epoch = try storedEpoch(session) else {
            throw MongoFailure(.unavailable, "the epoch was not stored")
        }
        return epoch
    }

    /// Puts a higher one in its place; of several callers at once each gets its own.
    func advanceEpoch(resolvingFor limit: Duration) throws(MongoFailure) -> Epoch {
        let deadline = ContinuousClock.now + limit
        let identifier = UUIDText.random()
        while true {
            let current = try epoch()
            // After an answer that got lost: the write is there.
            if current.identifier == identifier { return current }
            let next = Epoch(number: current.number + 1, identifier: identifier)
            do throws(MongoFailure) {
                if try replace(current, by: next) { return next }
            } catch {
                guard error.kind == .unavailable, ContinuousClock.now < deadline else { throw error }
            }
        }
    }

    /// False when another epoch was put in its place before.
    private func replace(_ current: Epoch, by next: Epoch) throws(MongoFailure) -> Bool {
        try updateAll(
            in: .meta,
            ["_id": "epoch", "n": .int64(current.number), "id": .string(current.identifier)],
            ["$set": ["n": .int64(next.number), "id": .string(next.identifier)]]) == 1
    }

    private func storedEpoch(_ session: MongoSession? = nil) throws(MongoFailure) -> Epoch? {
        try find(in: .meta, ["_id": "epoch"], ["limit": 1, "singleBatch": true], session: session) {
            row throws(MongoFailure) in
            let number = try row.int64("n")
            let identifier = try row.string("id")
            guard let epoch = Epoch(parsing: "\(number)-\(identifier)") else {
                throw MongoFailure(.malformed, "The document 'epoch' of the collection 'meta' has no proper n and id")
            }
            return epoch
        }.first
    }
}
