import Logging
import SQLiteStore
import TestSupport
import Testing

/// What was changed, in every store.
@Suite(.timeLimit(.minutes(1)))
struct AuditQueriesTests {
    @Test(arguments: AuditQueriesBehaviour.allCases)
    func conformsInMemory(_ behaviour: AuditQueriesBehaviour) async throws {
        try await behaviour.verify(on: InMemoryVersionStore())
    }

    @Test(arguments: AuditQueriesBehaviour.allCases)
    func conformsInSQLite(_ behaviour: AuditQueriesBehaviour) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await behaviour.verify(on: store)
            await store.close()
        }
    }

    @Test(
        .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"),
        arguments: AuditQueriesBehaviour.allCases)
    func conformsInMongoDB(_ behaviour: AuditQueriesBehaviour) async throws {
        try await MongoDatabase.withStore { store, _ in try await behaviour.verify(on: store) }
    }
}
