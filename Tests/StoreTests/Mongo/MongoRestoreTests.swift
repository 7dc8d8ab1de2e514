import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoRestoreTests {
    private let mark = RestoreMark(backup: SHA256Text.hash([1]), hasAccess: false)

    @Test(arguments: RestoringStoreBehaviour.allCases)
    func conforms(_ behaviour: RestoringStoreBehaviour) async throws {
        try await MongoDatabase.withStore { store, _ in try await behaviour.verify(on: store) }
    }

    @Test func storeWithAPartOfABackupIsOpenedForARestoreOnly() async throws {
        try await MongoDatabase.withStore { store, database in
            try await store.beginRestore(mark)
            let error = await #expect(throws: StoreError.self) { _ = try await database.open() }
            #expect(error?.description.contains("configbus restore") == true)
            var options = MongoOptions()
            options.takesRestore = true
            let again = try await database.open(options: options)
            #expect(try await again.restoreMark() == mark)
            try await again.finishRestore(StoreState(epoch: VersionChain.epoch))
            again.closeAlongside()
            let served = try await database.open()
            #expect(try await served.epoch() == VersionChain.epoch)
            served.closeAlongside()
        }
    }
}
