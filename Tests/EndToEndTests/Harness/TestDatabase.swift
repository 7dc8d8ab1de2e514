@testable import MongoStore

/// A test's database on the real MongoDB.
enum TestDatabase {
    static func drop(_ name: String) async throws {
        let workers = try await MongoConnector().connect(
            TestServers.mongodbURI(database: name), MongoOptions(connections: 1))
        do {
            try await workers.run { client throws(MongoFailure) in
                try client.writeCommand(for: .versions, ["dropDatabase": 1])
            }
        } catch {
            await workers.close()
            throw error
        }
        await workers.close()
    }
}
