import ConfigAccess
import ConfigModel
import ConfigStore

extension MongoClient {
    /// One that cannot be read is no reason to let in what it refuses: this fails then.
    func denials() throws(MongoFailure) -> [Denial] {
        try find(in: .denials, [:], ["sort": ["created_at": 1, "_id": 1]]) { row throws(MongoFailure) in
            try Denial(row)
        }
    }

    /// False when `limit` others count.
    func addDenial(_ denial: Denial, limit: Int) throws(MongoFailure) -> Bool {
        let others: BSONValue = [
            "_id": ["$ne": denial.bsonIdentity],
            "$or": [["until": ["$exists": false]], ["until": ["$gt": .date(denial.createdAt.milliseconds)]]],
        ]
        let count = try readCommand(
            for: .denials, ["count": .string(MongoCollection.denials.rawValue), "query": others]
        ) { reply throws(MongoFailure) in try reply.int64("n") }
        guard count < Int64(limit) else { return false }
        let end = denial.createdAt.milliseconds - AccessRetention.milliseconds
        try deleteAll(in: .denials, ["until": ["$lt": .date(end)]])
        var update: BSONFields = ["$set": .document(denial.bsonFields())]
        if denial.until == nil { update.append("$unset", ["until": ""]) }
        try upsert(in: .denials, ["_id": denial.bsonIdentity], update)
        try raiseAccess()
        return true
    }

    /// False when it does not exist.
    func removeDenial(_ id: String) throws(MongoFailure) -> Bool {
        let count = try deleteAll(in: .denials, ["id": .string(id)])
        try raiseAccess()
        return count > 0
    }
}
