import ConfigModel
import ConfigStore
import Logging
import MongoStore
import SQLiteStore

/// A store that can be measured without the registry.
struct FloorStore: Sendable {
    /// The store: it makes what the floor inserts into.
    let store: any RegistryStore
    /// A connection of one writer.
    let newWriter: @Sendable () throws -> FloorWriter

    static func open(_ servers: BenchServers, logger: Logger) async throws(StoreError) -> FloorStore {
        guard let uri = servers.mongodbURI else {
            let store = try await SQLiteStore.open(directory: servers.dataDirectory, logger: logger)
            return FloorStore(store: store) { .sqlite(SQLiteFloor(store: store)) }
        }
        let store = try await MongoStore.open(uri: uri, logger: logger)
        return FloorStore(store: store) { .mongodb(try MongoFloor(uri: uri)) }
    }
}

/// A writer of the floor.
enum FloorWriter: Sendable {
    case mongodb(MongoFloor)
    case sqlite(SQLiteFloor)

    /// How long one durable insert takes.
    func timeInsert(_ record: VersionRecord) async throws -> Duration {
        switch self {
        case .mongodb(let floor): try await floor.timeInsert(record)
        case .sqlite(let floor): try await floor.timeInsert(record)
        }
    }
}
