import ConfigModel
import ConfigStore
import SQLiteStore
import TestSupport
import Testing

@testable import MongoStore

/// A store behind a server of a test.
enum TestStore: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case embedded, mongodb

    /// Those that are there: the second only where the environment names a server.
    static let available = allCases.filter { $0 == .embedded || ServiceEnvironment.mongodbURI != nil }

    var testDescription: String { rawValue }

    /// Lends an empty store, which is gone afterwards.
    func with(_ body: (any RegistryStore) async throws -> Void) async throws {
        switch self {
        case .embedded:
            try await TemporaryDirectory.with { directory in
                let store = try await SQLiteStore.open(directory: directory.path, logger: TestServer.logger)
                try await body(store)
                await store.close()
            }
        case .mongodb:
            let name = "configbus_test_\(UUIDText.random().prefix(8))"
            let uri = try #require(ServiceEnvironment.mongodbURI(database: name))
            let store = try await MongoStore.open(
                uri: uri, options: MongoOptions(connections: 4), logger: TestServer.logger)
            do {
                try await body(store)
            } catch {
                try await Self.drop(store)
                throw error
            }
            try await Self.drop(store)
        }
    }

    private static func drop(_ store: MongoStore) async throws {
        try await store.workers.run { client throws(MongoFailure) in
            try client.writeCommand(for: .versions, ["dropDatabase": 1])
        }
        // The driver takes half a second to end its threads.
        Task { await store.close() }
    }
}
