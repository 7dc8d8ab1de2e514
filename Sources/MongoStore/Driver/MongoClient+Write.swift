import CMongoC

extension MongoClient {
    /// Inserts one document. The driver tries it once more after a broken connection or an election, as the same write.
    func insert(
        _ document: borrowing BSONDocument, into collection: MongoCollection, session: MongoSession? = nil
    ) throws(MongoFailure) {
        let options = try BSONDocument.options([:], session)
        var error = bson_error_t()
        guard
            mongoc_collection_insert_one(
                pointer(to: collection), document.pointer, options.pointer, nil, &error)
        else { throw MongoFailure(error) }
    }

    /// Changes every document that matches and says how many there were.
    @discardableResult
    func updateAll(
        in collection: MongoCollection, _ filter: BSONFields, _ update: BSONFields, _ options: BSONFields = [:]
    ) throws(MongoFailure) -> Int64 {
        let filter = try BSONDocument.encoding(filter, capacity: 4_096)
        let update = try BSONDocument.encoding(update)
        let options = try BSONDocument.encoding(options)
        return try withReply { reply, error in
            mongoc_collection_update_many(
                pointer(to: collection), filter.pointer, update.pointer, options.pointer, reply, &error)
        } decode: { reply throws(MongoFailure) in
            try reply.int64("matchedCount")
        }
    }
}
