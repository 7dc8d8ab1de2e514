import AsyncSupport
import CMongoC

/// One client of the driver with its connection, and the two collections of the store.
///
/// Not `Sendable`: it belongs to the worker that made it. Reads go to the primary with read concern `majority`, writes
/// are acknowledged when they are on the journal of a majority, whatever the URI says.
final class MongoClient {
    let pointer: OpaquePointer
    let database: String
    let limits: ReplyLimits
    private let pool: ClientPool
    private let versions: OpaquePointer
    private let meta: OpaquePointer

    init(_ pool: ClientPool, database: String, limits: ReplyLimits) throws(MongoFailure) {
        guard let pointer = pool.pop() else {
            throw MongoFailure(.unavailable, "the pool has no connection left or is closed")
        }
        self.pool = pool
        self.pointer = pointer
        self.database = database
        self.limits = limits
        versions = Self.collection("versions", in: database, of: pointer, limits)
        meta = Self.collection("meta", in: database, of: pointer, limits)
    }

    deinit {
        mongoc_collection_destroy(versions)
        mongoc_collection_destroy(meta)
        pool.push(pointer)
    }

    func pointer(to collection: MongoCollection) -> OpaquePointer {
        switch collection {
        case .versions: versions
        case .meta: meta
        }
    }

    private static func collection(
        _ name: String, in database: String, of client: OpaquePointer, _ limits: ReplyLimits
    ) -> OpaquePointer {
        // The driver aborts the process when it has no memory; otherwise this is never nil.
        let collection = mongoc_client_get_collection(client, database, name)!
        let writeConcern = mongoc_write_concern_new()
        mongoc_write_concern_set_wmajority(writeConcern, Int32(clamping: limits.writeConcernTimeout.milliseconds))
        mongoc_write_concern_set_journal(writeConcern, true)
        mongoc_collection_set_write_concern(collection, writeConcern)
        mongoc_write_concern_destroy(writeConcern)
        let readConcern = mongoc_read_concern_new()
        mongoc_read_concern_set_level(readConcern, "majority")
        mongoc_collection_set_read_concern(collection, readConcern)
        mongoc_read_concern_destroy(readConcern)
        let preferences = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
        mongoc_collection_set_read_prefs(collection, preferences)
        mongoc_read_prefs_destroy(preferences)
        return collection
    }
}

/// The collections of the store.
enum MongoCollection {
    /// One document a version.
    case versions
    /// The epoch.
    case meta
}

/// How long the server may take.
struct ReplyLimits: Sendable {
    /// Sent with every read as `maxTimeMS`.
    let readTime: Duration
    let writeConcernTimeout: Duration
}
