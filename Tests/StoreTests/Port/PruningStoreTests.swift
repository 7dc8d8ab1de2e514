import ConfigModel
import ConfigStore
import Logging
import SQLiteStore
import TestSupport
import Testing

@testable import MongoStore

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
        var options = MongoOptions()
        options.removalGrace = .zero
        try await MongoDatabase.withStore(options: options) { store, _ in try await behaviour.verify(on: store) }
    }

    /// Another registry may be about to write version 2 behind version 1, which it remembers.
    @Test(.enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"))
    func numbersOfYoungVersionsStayTakenForAWhile() async throws {
        try await MongoDatabase.withStore { store, database in
            var chain = try VersionChain("parsing/prod")
            let rival = chain.next("{}")
            let late = chain.following(#"{"late":true}"#)
            let records = [rival] + (2...4).map { chain.next(#"{"n":\#($0)}"#) }
            for record in records { #expect(try await store.append(record) == .stored) }
            try await store.raise(
                PruneMark(key: chain.key, through: 3, recordHash: records[2].recordHash))
            #expect(try await store.removePruned(of: chain.key, limit: 10) == 0)
            #expect(try await store.append(late) == .versionTaken)
            #expect(try await store.history(of: chain.key, before: nil, limit: 10).map(\.record.version) == [4])
            let old = BSONValue.timestamp(seconds: 1_700_000_000, increment: 1)
            try await database.run { client throws(MongoFailure) in
                _ = try client.updateAll(in: .versions, ["_id.v": ["$gt": 0]], ["$set": ["at": old]])
            }
            #expect(try await store.removePruned(of: chain.key, limit: 10) == 3)
        }
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
