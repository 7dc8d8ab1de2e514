import CMongoC

extension MongoClient {
    /// The documents that match, each decoded while the driver lends it.
    func find<Value>(
        in collection: MongoCollection, _ filter: BSONFields, _ options: BSONFields = [:],
        session: MongoSession? = nil, _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        let filter = try BSONDocument.encoding(filter)
        let options = try BSONDocument.options(readOptions(options), session)
        return try drain(
            mongoc_collection_find_with_opts(pointer(to: collection), filter.pointer, options.pointer, nil), decode)
    }

    /// What a pipeline makes of a collection.
    func aggregate<Value>(
        in collection: MongoCollection, _ pipeline: [BSONValue], _ options: BSONFields = [:],
        _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        let pipeline = try BSONDocument.encoding(["pipeline": .array(pipeline)], capacity: 4_096)
        let options = try BSONDocument.encoding(readOptions(options))
        return try drain(
            mongoc_collection_aggregate(
                pointer(to: collection), MONGOC_QUERY_NONE, pipeline.pointer, options.pointer, nil), decode)
    }

    /// The indexes of a collection; none when it does not exist.
    func indexes<Value>(
        of collection: MongoCollection, _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        try drain(mongoc_collection_find_indexes_with_opts(pointer(to: collection), nil), decode)
    }

    private func readOptions(_ options: BSONFields) -> BSONFields {
        var options = options
        options.append("maxTimeMS", .int64(limits.readTime.milliseconds))
        return options
    }

    /// Reads a cursor to its end and destroys it.
    private func drain<Value>(
        _ cursor: OpaquePointer, _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        defer { mongoc_cursor_destroy(cursor) }
        var values: [Value] = []
        var document: OpaquePointer?
        while mongoc_cursor_next(cursor, &document) {
            if let document { values.append(try decode(BSONView(document))) }
        }
        var error = bson_error_t()
        if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
        return values
    }
}
