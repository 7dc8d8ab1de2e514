import AsyncSupport
import CMongoC

extension MongoClient {
    /// The documents that match, each decoded while the driver lends it.
    ///
    /// - Parameter isEnough: true when nothing is to be read behind this one.
    func find<Value>(
        in collection: MongoCollection, _ filter: BSONFields, _ options: BSONFields = [:],
        session: MongoSession? = nil, until isEnough: (Value) -> Bool = { _ in false },
        _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        let filter = try BSONDocument.encoding(filter)
        let options = try BSONDocument.options(readOptions(options), session)
        return try drain(
            mongoc_collection_find_with_opts(pointer(to: collection), filter.pointer, options.pointer, nil),
            until: isEnough, decode)
    }

    /// What a pipeline makes of a collection.
    func aggregate<Value>(
        in collection: MongoCollection, _ pipeline: [BSONValue], _ options: BSONFields = [:],
        until isEnough: (Value) -> Bool = { _ in false }, _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        let pipeline = try BSONDocument.encoding(["pipeline": .array(pipeline)], capacity: 4_096)
        let options = try BSONDocument.encoding(readOptions(options))
        return try drain(
            mongoc_collection_aggregate(
                pointer(to: collection), MONGOC_QUERY_NONE, pipeline.pointer, options.pointer, nil),
            until: isEnough, decode)
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

    /// Reads a cursor to its end, or until it is enough, and destroys it.
    private func drain<Value>(
        _ cursor: OpaquePointer, until isEnough: (Value) -> Bool = { _ in false },
        _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> [Value] {
        defer { mongoc_cursor_destroy(cursor) }
        var values: [Value] = []
        var document: OpaquePointer?
        while mongoc_cursor_next(cursor, &document) {
            guard let document else { continue }
            let value = try decode(BSONView(document))
            values.append(value)
            if isEnough(value) { return values }
        }
        var error = bson_error_t()
        if mongoc_cursor_error(cursor, &error) { throw MongoFailure(error) }
        return values
    }
}
