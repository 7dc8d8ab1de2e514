import ConfigRegistry
import EventBus
import FoundationEssentials
import Logging
import MongoStore
import RabbitBus
import SQLiteStore

/// Where a benchmark runs: a database and an exchange, or a directory, that nobody else uses and that are removed
/// afterwards.
struct BenchEnvironment: Sendable {
    /// Settings of the registry under test.
    let settings: ServeSettings
    /// Settings of the store and the exchange that the floor is measured on.
    let floorSettings: ServeSettings
    /// Removed at the end.
    private let directory: String?
    private let ownsExchange: Bool
    let logger: Logger

    init(_ options: ServeOptions, logger: Logger) throws {
        var settings = try options.settings()
        let name = "bench_" + String(UUID().uuidString.prefix(8)).lowercased()
        settings.host = options.host ?? "127.0.0.1"
        settings.port = options.port ?? 0
        settings.amqpURI = settings.amqpURI ?? EnvironmentVariable.amqpURI.value
        // Only a flag can mean this very measurement; the environment and a settings file mean the registry in use.
        ownsExchange = options.exchange == nil
        settings.exchange = options.exchange ?? "config.\(name)"
        var floorSettings = settings
        floorSettings.exchange = "config.\(name).floor"
        if let uri = settings.mongodbURI {
            directory = nil
            settings.mongodbURI = try MongoDatabaseURI.replacing(databaseOf: uri, with: "configbus_\(name)")
            floorSettings.mongodbURI = try MongoDatabaseURI.replacing(databaseOf: uri, with: "configbus_\(name)_floor")
        } else {
            let place = options.dataDir ?? FileManager.default.temporaryDirectory.path
            directory = "\(place)/configbus_\(name)"
            settings.dataDirectory = "\(place)/configbus_\(name)/registry"
            floorSettings.dataDirectory = "\(place)/configbus_\(name)/floor"
        }
        self.settings = settings
        self.floorSettings = floorSettings
        self.logger = logger
    }

    /// Removes everything, whatever is left of it.
    func clear() async throws {
        if let directory, FileManager.default.fileExists(atPath: directory) {
            do {
                try FileManager.default.removeItem(atPath: directory)
            } catch {
                throw CommandFailure.refused("The folder \(directory) could not be removed; remove it by hand.")
            }
        }
        for uri in [settings.mongodbURI, floorSettings.mongodbURI].compactMap(\.self) {
            let store = try await MongoStore.open(uri: uri, logger: logger)
            do {
                try await store.dropDatabase()
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
        guard let uri = settings.amqpURI else { return }
        let exchanges = [floorSettings.exchange] + (ownsExchange ? [settings.exchange] : [])
        for exchange in exchanges { try await RabbitFloor(uri: uri, exchange: exchange).deleteExchange() }
    }
}
