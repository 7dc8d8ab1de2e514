import ConfigRegistry
import ConfigStore
import Logging
import MongoStore
import SQLiteStore

/// Opens the store that the settings ask for.
enum ServeStore {
    static func open(_ settings: ServeSettings, logger: Logger) async throws -> any RegistryStore {
        do throws(StoreError) {
            guard let uri = settings.mongodbURI else {
                return try await SQLiteStore.open(directory: settings.dataDirectory, logger: logger)
            }
            return try await MongoStore.open(uri: uri, logger: logger)
        } catch {
            // A folder on this machine is there or not; a database may be away.
            guard case .invalid(let reason) = error, settings.mongodbURI == nil else {
                throw CommandFailure.unreachable(error.description)
            }
            throw CommandFailure.refused("\(GivenValue.name(ofSetting: "data-dir")): \(reason)")
        }
    }
}
