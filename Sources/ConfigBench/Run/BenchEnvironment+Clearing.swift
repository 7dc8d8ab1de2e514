import FoundationEssentials

extension BenchEnvironment {
    /// Removes everything, whatever is left of it.
    package func clear() async throws {
        if let directory, FileManager.default.fileExists(atPath: directory) {
            do {
                try FileManager.default.removeItem(atPath: directory)
            } catch {
                throw BenchError("The folder \(directory) could not be removed; remove it by hand.")
            }
        }
        for uri in [servers.mongodbURI, floorServers.mongodbURI].compactMap(\.self) {
            try await MongoFloor(uri: uri).dropDatabase()
        }
        guard let uri = servers.amqpURI else { return }
        let exchanges = [floorServers.exchange] + (ownsExchange ? [servers.exchange] : [])
        for exchange in exchanges { try await RabbitFloor(uri: uri, exchange: exchange).deleteExchange() }
    }
}
