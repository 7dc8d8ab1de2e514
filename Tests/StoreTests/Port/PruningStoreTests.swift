import ConfigStore
import Logging
import SQLiteStore
import TestSupport
import Testing

/// What stores do with versions that are not kept any more.
@Suite(.timeLimit(.minutes(1)))
struct PruningStoreTests {
    @Test(arguments: PruningStoreBehaviour.allCases)
    func conformsInMemory(_ behaviour: PruningStoreBehaviour) async throws {
        try await behaviour.verify(on: InMemoryVersionStore())
    }

    @Test(arguments: PruningStoreBehaviour.allCases)
    func conformsInSQLite(_ behaviour: PruningStoreBehaviour) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await behaviour.verify(on: store)
            await store.close()
        }
    }

    @Test(
        .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"),
        arguments: PruningStoreBehaviour.allCases)
    func conformsInMongoDB(_ behaviour: PruningStoreBehaviour) async throws {
        try await MongoDatabase.withStore { store, _ in try await behaviour.verify(on: store) }
    }

    @Test func oneRegistryPrunesInMemory() async throws { try await verifyLease(InMemoryVersionStore()) }

    @Test(.enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"))
    func oneRegistryPrunesInMongoDB() async throws {
        try await MongoDatabase.withStore { store, _ in try await verifyLease(store) }
    }

    private func verifyLease(_ store: some PruningStore) async throws {
        #expect(try await store.leasePruning(to: "a", for: .seconds(3_600)))
        #expect(try await store.leasePruning(to: "b", for: .seconds(3_600)) == false)
        // It ends its own early, so that another can begin.
        #expect(try await store.leasePruning(to: "a", for: .zero))
        #expect(try await store.leasePruning(to: "b", for: .seconds(3_600)))
        #expect(try await store.leasePruning(to: "a", for: .seconds(3_600)) == false)
    }
}
