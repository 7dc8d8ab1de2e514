import ConfigModel
import ConfigRegistry
import ConfigStore
import Logging
import MongoStore
import SQLiteStore

/// A store that can be measured without the registry.
enum FloorStore: Sendable {
    case mongodb(MongoStore)
    case sqlite(SQLiteStore)

    static func open(_ settings: ServeSettings, logger: Logger) async throws -> FloorStore {
        do {
            guard let uri = settings.mongodbURI else {
                return .sqlite(try await SQLiteStore.open(directory: settings.dataDirectory, logger: logger))
            }
            return .mongodb(try await MongoStore.open(uri: uri, logger: logger))
        } catch {
            throw CommandFailure.unreachable(error.description)
        }
    }

    var store: any VersionStore {
        switch self {
        case .mongodb(let store): store
        case .sqlite(let store): store
        }
    }

    /// How long one durable insert takes.
    func timeInsert(_ record: VersionRecord) async throws(StoreError) -> Duration {
        switch self {
        case .mongodb(let store): try await store.timeInsert(record)
        case .sqlite(let store): try await store.timeInsert(record)
        }
    }
}
