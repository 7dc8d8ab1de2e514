import ConfigAccess
import ConfigModel
import ConfigStore

/// Of several callers that make a first token one does: each such token has a number, `first`, that no other has.
extension MongoClient {
    /// False when an administrator of everything is living.
    func addFirstToken(_ token: AccessToken) throws(MongoFailure) -> Bool {
        try writeCommand(
            for: .tokens,
            [
                "createIndexes": .string(MongoCollection.tokens.rawValue),
                "indexes": [["name": "first", "key": ["first": 1], "unique": true, "sparse": true]],
            ])
        let session = try MongoSession(self)
        while true {
            let administrators = try administrators(or: token.id, session)
            if administrators.contains(where: { $0.token?.id == token.id && $0.token?.hash == token.hash }) { break }
            if administrators.contains(where: { $0.isLiving(at: token.createdAt) }) { return false }
            if try bindName(of: token) != nil {
                throw MongoFailure(.invalid, "the name '\(token.name)' of a token belongs to other grants")
            }
            try requireAuthentication()
            if try insert(token, number: 1 + (administrators.compactMap(\.number).max() ?? 0), session) { break }
        }
        try raiseAccess(.required)
        return true
    }

    /// False when another has this number.
    private func insert(
        _ token: AccessToken, number: Int64, _ session: MongoSession
    ) throws(MongoFailure) -> Bool {
        var row = token.bsonFields()
        row.append("first", .int64(number))
        do throws(MongoFailure) {
            try insert(.encoding(row, capacity: 2_048), into: .tokens, session: session)
            return true
        } catch {
            guard error.kind == .duplicateKey else { throw error }
            return false
        }
    }

    private func administrators(
        or id: String, _ session: MongoSession
    ) throws(MongoFailure) -> [Administrator] {
        try find(
            in: .tokens,
            ["$or": [["grants": .string(Grant.administrator.description)], ["_id": .string(id)]]], session: session
        ) { row throws(MongoFailure) in
            Administrator(token: try? AccessToken(row), number: try row.int64IfPresent("first"))
        }
    }
}

/// A token that administers everything, or the one that is looked for.
private struct Administrator {
    /// Nil when it cannot be read, and counts for nothing.
    let token: AccessToken?
    /// The number of a first token.
    let number: Int64?

    func isLiving(at now: Timestamp) -> Bool {
        token.map { $0.isLiving(at: now) && $0.grants.contains(.administrator) } ?? false
    }
}
