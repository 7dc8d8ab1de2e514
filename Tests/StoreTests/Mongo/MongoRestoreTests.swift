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
            let isBegun = try await store.beginRestore(mark, after: nil)
            #expect(isBegun)
            let error = await #expect(throws: StoreError.self) { _ = try await database.open() }
            #expect(error?.description.contains("configbus restore") == true)
            var options = MongoOptions()
            options.takesRestore = true
            let again = try await database.open(options: options)
            #expect(try await again.restoreMark() == mark)
            let isFinished = try await again.finishRestore(mark, StoreState(epoch: VersionChain.epoch))
            #expect(isFinished)
            again.closeAlongside()
            let served = try await database.open()
            #expect(try await served.epoch() == VersionChain.epoch)
            served.closeAlongside()
        }
    }
}
