import ConfigModel
import ConfigStore
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

@Suite(.timeLimit(.minutes(1)))
struct SQLiteRestoreTests {
    private let logger = Logger.silent
    private let mark = RestoreMark(backup: SHA256Text.hash([1]), hasAccess: false)

    @Test(arguments: RestoringStoreBehaviour.allCases)
    func conforms(_ behaviour: RestoringStoreBehaviour) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: logger)
            try await behaviour.verify(on: store)
            await store.close()
        }
    }

    @Test func storeWithAPartOfABackupIsOpenedForARestoreOnly() async throws {
        try await TemporaryDirectory.with { directory in
            let begun = try await SQLiteStore.open(directory: directory.path, logger: logger)
            let isBegun = try await begun.beginRestore(mark, after: nil)
            #expect(isBegun)
            let format = try await begun.read { try Int64.fetchOne($0, sql: "PRAGMA user_version") }
            // Every program that knows no restore takes it for a newer one's.
            #expect(format == StoreFormat.restoring)
            await begun.close()
            let error = await #expect(throws: StoreError.self) {
                _ = try await SQLiteStore.open(directory: directory.path, logger: logger)
            }
            #expect(error?.description.contains("configbus restore") == true)
            let again = try await SQLiteStore.open(
                directory: directory.path, options: SQLiteOptions(takesRestore: true), logger: logger)
            #expect(try await again.restoreMark() == mark)
            let isFinished = try await again.finishRestore(mark, StoreState(epoch: VersionChain.epoch))
            #expect(isFinished)
            await again.close()
            let served = try await SQLiteStore.open(directory: directory.path, logger: logger)
            #expect(try await served.epoch() == VersionChain.epoch)
            await served.close()
        }
    }
}
