import CMongoC

/// Writes of one session that the server makes together, or not at all.
struct MongoTransaction {
    private let session: MongoSession
    private let client: MongoClient

    /// Begins; the server learns of it with the first write.
    init(in session: MongoSession, of client: MongoClient) throws(MongoFailure) {
        self.session = session
        self.client = client
        let options = mongoc_transaction_opts_new()
        defer { mongoc_transaction_opts_destroy(options) }
        // Of what a transaction does only the commit has a write concern, and that of the collection does not count.
        MongoConcerns.withMajorityOnJournal(client.limits) { mongoc_transaction_opts_set_write_concern(options, $0) }
        MongoConcerns.withMajorityReads { mongoc_transaction_opts_set_read_concern(options, $0) }
        var error = bson_error_t()
        guard mongoc_client_session_start_transaction(session.pointer, options, &error) else {
            throw MongoFailure(error)
        }
    }

    /// Inserts documents with one command; the first that is refused ends the transaction.
    func insert(
        _ documents: consuming BSONDocuments, into collection: MongoCollection
    ) throws(TransactionFailure) {
        let options = try insertOptions()
        let count = documents.pointers.count
        let failure = BSONStorage.with { reply in
            TransactionFailure(after: reply) { error in
                mongoc_collection_insert_many(
                    client.pointer(to: collection), &documents.pointers, count, options.pointer, reply, &error)
            }
        }
        if let failure { throw failure }
    }

    /// Makes the writes count. When it is not known whether they do, it may be called again: it is the same commit, by its
    /// number.
    func commit() throws(TransactionFailure) {
        let failure = BSONStorage.with { reply in
            TransactionFailure(after: reply) { error in
                mongoc_client_session_commit_transaction(session.pointer, reply, &error)
            }
        }
        if let failure { throw failure }
    }

    /// Gives up. A server that does not learn of it gives up by itself after a while, see `endAbandonedTransactions`.
    func abort() {
        // Mostly the server has given up already, because of the call that failed; the driver would log that as a warning.
        _ = DriverLibrary.quietly { mongoc_client_session_abort_transaction(session.pointer, nil) }
    }

    private func insertOptions() throws(TransactionFailure) -> BSONDocument {
        do throws(MongoFailure) {
            return try BSONDocument.options(["ordered": true], session)
        } catch {
            throw TransactionFailure(error)
        }
    }
}

/// Why a call in a transaction failed, and how the driver says that one can go on.
struct TransactionFailure: Error {
    enum Remedy {
        /// Nothing of the transaction counts: the whole of it can be tried again.
        case wholeAgain
        /// The commit may count, and can be sent again.
        case commitAgain
    }

    let failure: MongoFailure
    let remedy: Remedy?

    init(_ failure: MongoFailure) {
        self.failure = failure
        remedy = nil
    }

    /// Nil when the call succeeds.
    ///
    /// - Parameter reply: what the call fills in every case; it is freed.
    init?(after reply: OpaquePointer, _ call: (inout bson_error_t) -> Bool) {
        var error = bson_error_t()
        let isDone = call(&error)
        defer { bson_destroy(reply) }
        guard !isDone else { return nil }
        failure = MongoFailure(error)
        remedy =
            mongoc_error_has_label(reply, "TransientTransactionError")
            ? .wholeAgain : mongoc_error_has_label(reply, "UnknownTransactionCommitResult") ? .commitAgain : nil
    }
}
