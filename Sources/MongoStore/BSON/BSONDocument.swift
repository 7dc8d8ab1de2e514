import CMongoC

/// An encoded document (`bson_t`), freed with this value.
struct BSONDocument: ~Copyable {
    /// The largest document that the server stores.
    static let maximumLength = 16 * 1_024 * 1_024

    /// For the driver; valid as long as this value.
    let pointer: OpaquePointer

    private init(capacity: Int) {
        // The driver aborts the process when it has no memory; otherwise this is never nil.
        pointer = bson_sized_new(capacity)!
    }

    /// - Parameter capacity: a guess of the encoded length that saves growing.
    static func encoding(_ fields: BSONFields, capacity: Int = 256) throws(MongoFailure) -> BSONDocument {
        let document = BSONDocument(capacity: capacity)
        guard BSONEncoder.append(fields, to: document.pointer) else {
            throw MongoFailure(.tooLarge, "the document cannot be encoded as BSON")
        }
        return document
    }

    /// Options of a call that may be part of a session.
    static func options(_ fields: BSONFields, _ session: MongoSession?) throws(MongoFailure) -> BSONDocument {
        let document = try encoding(fields)
        guard let session else { return document }
        var error = bson_error_t()
        guard mongoc_client_session_append(session.pointer, document.pointer, &error) else { throw MongoFailure(error) }
        return document
    }

    deinit { bson_destroy(pointer) }

    /// Leaves the document to the caller, who frees it.
    consuming func release() -> OpaquePointer {
        let released = pointer
        discard self
        return released
    }

    /// The encoded length.
    var length: Int { BSONView(pointer).length }
}

/// Encoded documents that go to the driver together, freed with this value.
struct BSONDocuments: ~Copyable {
    /// For the driver; valid as long as this value.
    var pointers: [OpaquePointer?] = []

    deinit {
        for pointer in pointers { bson_destroy(pointer) }
    }

    mutating func append(_ document: consuming BSONDocument) { pointers.append(document.release()) }
}
