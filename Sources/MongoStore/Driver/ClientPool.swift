import CMongoC
import ConfigStore
import Synchronization

/// The driver's pool (`mongoc_client_pool_t`): one topology, watched by the driver's own threads, and a client for each
/// worker.
final class ClientPool: Sendable {
    private let handle: Mutex<PoolHandle?>

    /// Resolves `mongodb+srv` names, so it may block.
    init(_ uri: borrowing MongoURI) throws(StoreError) {
        DriverLibrary.start()
        var error = bson_error_t()
        guard let pool = mongoc_client_pool_new_with_error(uri.pointer, &error) else {
            throw MongoFailure(error).storeError(uri.search)
        }
        mongoc_client_pool_set_error_api(pool, MONGOC_ERROR_API_VERSION_2)
        handle = Mutex(PoolHandle(pointer: pool))
    }

    deinit { destroy() }

    /// A client for one caller; nil after `destroy` or when every client is lent.
    func pop() -> OpaquePointer? {
        handle.withLock { $0.flatMap { mongoc_client_pool_pop($0.pointer) } }
    }

    func push(_ client: OpaquePointer) {
        handle.withLock { $0.map { mongoc_client_pool_push($0.pointer, client) } }
    }

    /// Ends the driver's threads, which may block for half a second; every client must have been pushed back.
    func destroy() {
        let pool = handle.withLock { $0.take() }
        if let pool { mongoc_client_pool_destroy(pool.pointer) }
    }
}

/// `@unchecked Sendable`: any thread may use the pool (https://mongoc.org/libmongoc/1.23.1/mongoc_client_pool_t.html);
/// it is destroyed once, by the one that took the handle out of the lock.
private struct PoolHandle: @unchecked Sendable {
    let pointer: OpaquePointer
}
