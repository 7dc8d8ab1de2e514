import Logging
import SQLiteStore
import TestSupport
import Testing

/// Change sets in every store.
@Suite(.timeLimit(.minutes(1)))
struct ChangeSetStoreTests {
    @Test(arguments: ChangeSetStoreBehaviour.allCases)
    func conformsInMemory(_ behaviour: ChangeSetStoreBehaviour) async throws {
        try await behaviour.verify(on: InMemoryVersionStore())
    }

    @Test(arguments: ChangeSetStoreBehaviour.allCases)
    func conformsInSQLite(_ behaviour: ChangeSetStoreBehaviour) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await behaviour.verify(on: store)
            await store.close()
        }
    }

    @Test(
        .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"),
        arguments: ChangeSetStoreBehaviour.allCases)
    func conformsInMongoDB(_ behaviour: ChangeSetStoreBehaviour) async throws {
        try await MongoDatabase.withStore { store, _ in try await behaviour.verify(on: store) }
    }
}
