package import ConfigRegistry
import FoundationEssentials
package import Logging
package import RegistryServer

/// Where a benchmark runs: a database and an exchange, or a directory, that nothing else uses and that are removed
/// afterwards.
package struct BenchEnvironment: Sendable {
    /// What the registry under test runs on.
    let servers: BenchServers
    /// What the floor is measured on.
    let floorServers: BenchServers
    let registryOptions: RegistryOptions
    let serverOptions: RegistryServerOptions
    let logger: Logger
    /// Removed at the end.
    let directory: String?
    let ownsExchange: Bool

    /// Names what a benchmark will use; nothing is made yet.
    ///
    /// - Parameters:
    ///   - servers: the servers to measure. The database and the directory are places to make new ones in.
    ///   - exchange: an exchange to use and to leave; nil for a new one that is removed.
    ///   - registryOptions: those of the registry under test.
    ///   - serverOptions: its address, version and limits.
    /// - Throws: `BenchError` when the MongoDB URI cannot be read.
    package init(
        _ servers: BenchServers, exchange: String?, registryOptions: RegistryOptions,
        serverOptions: RegistryServerOptions,
        logger: Logger
    ) throws {
        let name = "bench_" + String(UUID().uuidString.prefix(8)).lowercased()
        var registry = servers
        var floor = servers
        registry.exchange = exchange ?? "config.\(name)"
        floor.exchange = "config.\(name).floor"
        if let uri = servers.mongodbURI {
            directory = nil
            registry.mongodbURI = try MongoDatabaseURI.replacing(databaseOf: uri, with: "configbus_\(name)")
            floor.mongodbURI = try MongoDatabaseURI.replacing(databaseOf: uri, with: "configbus_\(name)_floor")
        } else {
            let place = "\(servers.dataDirectory)/configbus_\(name)"
            directory = place
            registry.dataDirectory = "\(place)/registry"
            floor.dataDirectory = "\(place)/floor"
        }
        self.servers = registry
        floorServers = floor
        ownsExchange = exchange == nil
        self.registryOptions = registryOptions
        self.serverOptions = serverOptions
        self.logger = logger
    }
}
