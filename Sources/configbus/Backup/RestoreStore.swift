import ConfigStore
import MongoStore
import SQLiteStore

/// Opens the store that a backup goes into, also when an earlier restore into it was not finished.
enum RestoreStore {
    /// Opens it, and closes it whatever comes of it.
    static func with<Result: Sendable>(
        _ settings: ServeSettings, _ body: (any RestoringStore & RegistryStore) async throws -> Result
    ) async throws -> Result {
        let store: any RestoringStore & RegistryStore
        let logger = try ProgramLog.logger(level: "warning")
        do throws(StoreError) {
            if let uri = settings.mongodbURI {
                var options = MongoOptions()
                options.takesRestore = true
                store = try await MongoStore.open(uri: uri, options: options, logger: logger)
            } else {
                store = try await SQLiteStore.open(
                    directory: settings.dataDirectory, options: SQLiteOptions(takesRestore: true), logger: logger)
            }
        } catch {
            guard case .invalid = error, settings.mongodbURI == nil else {
                throw CommandFailure.unreachable(error.description)
            }
            throw CommandFailure.refused(error.description)
        }
        do {
            let result = try await body(store)
            await store.close()
            return result
        } catch {
            await store.close()
            throw error
        }
    }
}
