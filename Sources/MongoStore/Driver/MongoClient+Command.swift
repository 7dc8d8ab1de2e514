import CMongoC

extension MongoClient {
    /// Runs a command that reads from a collection's database, with the read concern of the collection.
    func readCommand<Value>(
        for collection: MongoCollection, _ command: BSONFields,
        _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value {
        let command = try BSONDocument.encoding(command)
        return try withReply(
            { reply, error in
                mongoc_collection_read_command_with_opts(
                    pointer(to: collection), command.pointer, nil, nil, reply, &error)
            }, decode: decode)
    }

    /// Runs a command that writes to a collection's database, with the write concern of the collection.
    func writeCommand(for collection: MongoCollection, _ command: BSONFields) throws(MongoFailure) {
        let command = try BSONDocument.encoding(command, capacity: 1_024)
        try withReply(
            { reply, error in
                mongoc_collection_write_command_with_opts(pointer(to: collection), command.pointer, nil, reply, &error)
            }, decode: { _ in })
    }

    /// Runs a command that has neither concern on the primary.
    func plainCommand<Value>(
        in database: String, _ command: BSONFields, _ decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value {
        let command = try BSONDocument.encoding(command)
        return try withReply(
            { reply, error in
                mongoc_client_command_simple(pointer, database, command.pointer, nil, reply, &error)
            }, decode: decode)
    }

    /// Lends a reply document, which the driver sets up in every case, and frees it.
    func withReply<Value>(
        _ call: (_ reply: OpaquePointer, _ error: inout bson_error_t) -> Bool,
        decode: (BSONView) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value {
        let result: Result<Value, MongoFailure> = BSONStorage.with { reply in
            var error = bson_error_t()
            let isDone = call(reply, &error)
            defer { bson_destroy(reply) }
            guard isDone else { return .failure(MongoFailure(error)) }
            return Result { () throws(MongoFailure) in try decode(BSONView(reply)) }
        }
        return try result.get()
    }
}
