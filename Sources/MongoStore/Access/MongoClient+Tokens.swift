import ConfigAccess
import ConfigModel
import ConfigStore

extension MongoClient {
    /// The tokens that match, and why others cannot be read, by identifier.
    func tokens(
        _ filter: BSONFields = [:]
    ) throws(MongoFailure) -> (tokens: [AccessToken], unreadable: [String: String]) {
        let rows = try find(in: .tokens, filter, ["sort": ["created_at": 1, "_id": 1]]) { row throws(MongoFailure) in
            (
                id: (try? row.string("_id")) ?? "?",
                token: Result { () throws(MongoFailure) in try AccessToken(row) }
            )
        }
        var tokens: [AccessToken] = []
        var unreadable: [String: String] = [:]
        for row in rows {
            switch row.token {
            case .success(let token): tokens.append(token)
            case .failure(let failure): unreadable[row.id] = failure.message
            }
        }
        return (tokens, unreadable)
    }

    private func token(_ id: String, _ session: MongoSession) throws(MongoFailure) -> AccessToken? {
        try find(in: .tokens, ["_id": .string(id)], ["limit": 1, "singleBatch": true], session: session) {
            row throws(MongoFailure) in try AccessToken(row)
        }.first
    }

    /// Counts the others before and after it adds the token, so that callers at the same time do not go beyond the limit
    /// together.
    func addToken(_ token: AccessToken, limit: Int) throws(MongoFailure) -> TokenAddition {
        if let refusal = try refusal(of: token) { return refusal }
        guard try countLiving(besides: token) < Int64(limit) else { return .tooMany }
        if let refusal = try bindName(of: token) { return refusal }
        try removeEndedTokens(at: token.createdAt)
        try requireAuthentication()
        try insert(token)
        guard try countLiving(besides: token) < Int64(limit) else {
            // Its text was given to no caller.
            try deleteAll(in: .tokens, ["_id": .string(token.id), "hash": .binary(token.hash)])
            try raiseAccess()
            return .tooMany
        }
        try raiseAccess(.required)
        return .added
    }

    /// False when it was revoked before or does not exist.
    func revokeToken(_ id: String, at time: Timestamp, by identity: String) throws(MongoFailure) -> Bool {
        try updateAll(
            in: .tokens, ["_id": .string(id), "revoked_at": ["$exists": false]],
            ["$set": ["revoked_at": .date(time.milliseconds), "revoked_by": .string(identity)]])
        let times = try find(in: .tokens, ["_id": .string(id)], ["limit": 1, "singleBatch": true]) {
            row throws(MongoFailure) in
            (at: try row.dateIfPresent("revoked_at"), by: try row.stringIfPresent("revoked_by"))
        }
        guard let stored = times.first else { return false }
        // Also when nothing changed: an earlier call may have ended before this.
        try raiseAccess()
        return stored.at == time.milliseconds && stored.by == identity
    }

    func limitToken(_ id: String, to end: Timestamp) throws(MongoFailure) {
        try updateAll(
            in: .tokens, ["_id": .string(id)], ["$min": ["expires_at": .date(end.milliseconds)]])
        try raiseAccess()
    }

    /// One command for each 1,000.
    func noteUses(_ uses: [(id: String, at: Timestamp)]) throws(MongoFailure) {
        for start in stride(from: 0, to: uses.count, by: 1_000) {
            let updates = uses[start..<min(start + 1_000, uses.count)].map { use -> BSONValue in
                [
                    "q": ["_id": .string(use.id)],
                    "u": ["$max": ["last_used_at": .date(use.at.milliseconds)]],
                ]
            }
            try writeCommand(
                for: .tokens,
                ["update": .string(MongoCollection.tokens.rawValue), "updates": .array(updates), "ordered": false])
        }
    }

    /// Adds the token, which may be there already.
    private func insert(_ token: AccessToken) throws(MongoFailure) {
        let session = try MongoSession(self)
        do throws(MongoFailure) {
            try insert(.encoding(token.bsonFields(), capacity: 2_048), into: .tokens, session: session)
        } catch {
            guard error.kind == .duplicateKey, try self.token(token.id, session)?.hash == token.hash else {
                throw error
            }
        }
    }

    /// Nil when the name is free or belongs to the same.
    private func refusal(
        of token: AccessToken, _ session: MongoSession? = nil
    ) throws(MongoFailure) -> TokenAddition? {
        let binding = try find(
            in: .tokenNames, ["_id": .string(token.name)], ["limit": 1, "singleBatch": true], session: session
        ) { row throws(MongoFailure) in try NameBinding(row) }.first
        guard let binding, binding != NameBinding(token) else { return nil }
        return binding.refusal
    }

    /// Gives the name to the token's grants and rights for ever; nil when it did, or had.
    func bindName(of token: AccessToken) throws(MongoFailure) -> TokenAddition? {
        let session = try MongoSession(self)
        let binding = NameBinding(token)
        do throws(MongoFailure) {
            try insert(
                .encoding([
                    "_id": .string(token.name), "grants": .strings(binding.storedGrants),
                    "rights": .strings(binding.storedRights),
                ]), into: .tokenNames, session: session)
            return nil
        } catch {
            guard error.kind == .duplicateKey else { throw error }
        }
        return try refusal(of: token, session)
    }

    private func countLiving(besides token: AccessToken) throws(MongoFailure) -> Int64 {
        let living: BSONValue = [
            "_id": ["$ne": .string(token.id)], "revoked_at": ["$exists": false],
            "$or": [
                ["expires_at": ["$exists": false]], ["expires_at": ["$gt": .date(token.createdAt.milliseconds)]],
            ],
        ]
        return try readCommand(
            for: .tokens, ["count": .string(MongoCollection.tokens.rawValue), "query": living]
        ) { reply throws(MongoFailure) in try reply.int64("n") }
    }

    private func removeEndedTokens(at now: Timestamp) throws(MongoFailure) {
        let end: BSONValue = ["$lt": .date(now.milliseconds - AccessRetention.milliseconds)]
        try deleteAll(in: .tokens, ["$or": [["revoked_at": end], ["expires_at": end]]])
    }
}
