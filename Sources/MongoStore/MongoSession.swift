import CMongoC

/// A causally consistent session: a read in it sees what a write in it met, even one that the server refused.
///
/// It belongs to its client and must not outlive it.
final class MongoSession {
    let pointer: OpaquePointer

    init(_ client: MongoClient) throws(MongoFailure) {
        var error = bson_error_t()
        // Causal consistency is the driver's default.
        guard let pointer = mongoc_client_start_session(client.pointer, nil, &error) else { throw MongoFailure(error) }
        self.pointer = pointer
    }

    deinit { mongoc_client_session_destroy(pointer) }
}
