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

    /// Inserts documents with one command, each on its own: one that is refused keeps no other from being stored. The driver
    /// tries again as for one.
    ///
    /// - Returns: for each document why it was not stored, or may not be; nil when it is.
    func insert(
        _ documents: consuming BSONDocuments, into collection: MongoCollection
    ) throws(MongoFailure) -> [MongoFailure?] {
        let options = try BSONDocument.encoding(["ordered": .bool(false)])
        let count = documents.pointers.count
        return try BSONStorage.with { reply -> Result<[MongoFailure?], MongoFailure> in
            var error = bson_error_t()
            let isDone = mongoc_collection_insert_many(
                pointer(to: collection), &documents.pointers, count, options.pointer, reply, &error)
            defer { bson_destroy(reply) }
            if isDone { return .success(Array(repeating: nil, count: count)) }
            let failure = MongoFailure(error)
            return Result { () throws(MongoFailure) in
                try MongoFailure.ofEach(count, in: BSONView(reply), besides: failure)
            }
        }.get()
    }

    /// Inserts documents with one command, one after the other: behind one that is not stored no other is.
    func insertInOrder(
        _ documents: consuming BSONDocuments, into collection: MongoCollection
    ) throws(MongoFailure) {
        let options = try BSONDocument.encoding(["ordered": .bool(true)])
        let count = documents.pointers.count
        try withReply(
            { reply, error in
                mongoc_collection_insert_many(
                    pointer(to: collection), &documents.pointers, count, options.pointer, reply, &error)
            }, decode: { _ in })
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

    /// Changes at most one document for each update, with one command for many. An update that matches nothing, or is refused,
    /// keeps no other from being made.
    func updateEach(in collection: MongoCollection, _ updates: [DocumentUpdate]) throws(MongoFailure) {
        guard !updates.isEmpty else { return }
        let options = try BSONDocument.encoding(["ordered": .bool(false)])
        let bulk = mongoc_collection_create_bulk_operation_with_opts(pointer(to: collection), options.pointer)
        defer { mongoc_bulk_operation_destroy(bulk) }
        for update in updates {
            // Both are copied.
            let filter = try BSONDocument.encoding(update.filter, capacity: 1_024)
            let change = try BSONDocument.encoding(update.update)
            var error = bson_error_t()
            guard mongoc_bulk_operation_update_one_with_opts(bulk, filter.pointer, change.pointer, nil, &error) else {
                throw MongoFailure(error)
            }
        }
        try withReply(
            { reply, error in mongoc_bulk_operation_execute(bulk, reply, &error) != 0 }, decode: { _ in })
    }

    /// Changes the document that matches, or makes it. Doing it at the same time as others is safe.
    func upsert(in collection: MongoCollection, _ filter: BSONFields, _ update: BSONFields) throws(MongoFailure) {
        while true {
            do throws(MongoFailure) {
                try updateAll(in: collection, filter, update, ["upsert": true])
                return
            } catch {
                // Another made the document at the same time: from now on it is there.
                guard error.kind == .duplicateKey else { throw error }
            }
        }
    }

    /// Removes every document that matches and says how many there were.
    @discardableResult
    func deleteAll(in collection: MongoCollection, _ filter: BSONFields) throws(MongoFailure) -> Int64 {
        let filter = try BSONDocument.encoding(filter)
        return try withReply { reply, error in
            mongoc_collection_delete_many(pointer(to: collection), filter.pointer, nil, reply, &error)
        } decode: { reply throws(MongoFailure) in
            try reply.int64("deletedCount")
        }
    }

    /// Does once more what is harmless to do twice, while it is not known whether it was done.
    func repeating<Value>(
        until deadline: ContinuousClock.Instant, _ body: () throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value {
        while true {
            do throws(MongoFailure) {
                return try body()
            } catch {
                guard error.kind == .unavailable, ContinuousClock.now < deadline else { throw error }
            }
        }
    }
}

/// A change of the one document that matches.
struct DocumentUpdate {
    let filter: BSONFields
    let update: BSONFields
}
