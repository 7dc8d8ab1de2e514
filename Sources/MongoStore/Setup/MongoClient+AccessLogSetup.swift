import ConfigStore

extension MongoClient {
    /// Makes the collection of the access log, or limits one that is not limited, as after a restore by some programs.
    func makeAccessLog() throws(MongoFailure) {
        let name = BSONValue.string(MongoCollection.accessLog.rawValue)
        let size = BSONValue.int64(AccessRetention.logBytes)
        switch try isAccessLogCapped() {
        case true?: return
        case false?:
            try writeCommand(for: .accessLog, ["convertToCapped": name, "size": size])
        case nil:
            do throws(MongoFailure) {
                try writeCommand(for: .accessLog, ["create": name, "capped": true, "size": size])
            } catch {
                // Another may have made it at the same time.
                guard error.kind == .invalid, try isAccessLogCapped() != nil else { throw error }
            }
        }
    }

    /// Nil when there is none.
    func isAccessLogCapped() throws(MongoFailure) -> Bool? {
        let command: BSONFields = [
            "listCollections": 1, "filter": ["name": .string(MongoCollection.accessLog.rawValue)],
        ]
        let collections = try plainCommand(in: database, command) { reply throws(MongoFailure) -> [Bool] in
            try reply.document("cursor") { cursor throws(MongoFailure) -> [Bool] in
                try cursor.documents("firstBatch") { collection throws(MongoFailure) -> Bool in
                    let isCapped = try collection.documentIfPresent("options") { options throws(MongoFailure) in
                        try options.boolIfPresent("capped")
                    }
                    return (isCapped ?? nil) ?? false
                }
            }
        }
        return collections.first
    }
}
