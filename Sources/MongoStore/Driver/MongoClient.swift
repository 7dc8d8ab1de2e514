import CMongoC

/// One client of the driver with its connection, and the collections of the store.
///
/// Not `Sendable`: it belongs to the worker that made it. Reads go to the primary with read concern `majority`, writes
/// are acknowledged when they are on the journal of a majority, whatever the URI says.
final class MongoClient {
    let pointer: OpaquePointer
    let database: String
    let limits: ReplyLimits
    private let pool: ClientPool
    private let collections: [OpaquePointer]

    init(_ pool: ClientPool, database: String, limits: ReplyLimits) throws(MongoFailure) {
        guard let pointer = pool.pop() else {
            throw MongoFailure(.unavailable, "the pool has no connection left or is closed")
        }
        self.pool = pool
        self.pointer = pointer
        self.database = database
        self.limits = limits
        collections = MongoCollection.allCases.map {
            Self.collection($0.rawValue, in: database, of: pointer, limits)
        }
    }

    deinit {
        for collection in collections { mongoc_collection_destroy(collection) }
        pool.push(pointer)
    }

    func pointer(to collection: MongoCollection) -> OpaquePointer { collections[collection.index] }

    private static func collection(
        _ name: String, in database: String, of client: OpaquePointer, _ limits: ReplyLimits
    ) -> OpaquePointer {
        // The driver aborts the process when it has no memory; otherwise this is never nil.
        let collection = mongoc_client_get_collection(client, database, name)!
        MongoConcerns.withMajorityOnJournal(limits) { mongoc_collection_set_write_concern(collection, $0) }
        MongoConcerns.withMajorityReads { mongoc_collection_set_read_concern(collection, $0) }
        let preferences = mongoc_read_prefs_new(MONGOC_READ_PRIMARY)
        mongoc_collection_set_read_prefs(collection, preferences)
        mongoc_read_prefs_destroy(preferences)
        return collection
    }
}

/// The collections of the store.
enum MongoCollection: String, CaseIterable {
    /// One document a version.
    case versions
    /// What the store says about itself: its epoch and its format, for example.
    case meta
    /// One document a token.
    case tokens
    /// What the name of a token belongs to.
    case tokenNames = "token_names"
    /// One document for what is denied.
    case denials
    /// One document an entry; a capped collection.
    case accessLog = "access_log"
    /// One document for the mark of each document of which versions were let go.
    case pruned

    /// Its place among all.
    var index: Int {
        switch self {
        case .versions: 0
        case .meta: 1
        case .tokens: 2
        case .tokenNames: 3
        case .denials: 4
        case .accessLog: 5
        case .pruned: 6
        }
    }
}

/// How long the server may take.
struct ReplyLimits: Sendable {
    /// Sent with every read as `maxTimeMS`.
    let readTime: Duration
    let writeConcernTimeout: Duration
}
