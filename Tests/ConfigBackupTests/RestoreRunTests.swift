import ConfigModel
import ConfigStore
import Logging
import SQLiteStore
import TestSupport
import Testing

@testable import ConfigBackup

/// What is there already when a restore begins.
@Suite(.timeLimit(.minutes(1)))
struct RestoreRunTests {
    private func withStore(
        _ body: (SQLiteStore, (summary: BackupSummary, items: [BackupItem])) async throws -> Void
    ) async throws {
        let backup = try BackupSample.read(try await BackupSample.bytes(of: BackupSample.store()))
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            try await body(store, backup)
            await store.close()
        }
    }

    private func restore(
        _ backup: (summary: BackupSummary, items: [BackupItem]), into store: SQLiteStore
    ) async throws -> (state: StoreState, isDone: Bool) {
        var run = try await RestoreRun(of: backup.summary, into: store, hasAccess: true)
        for item in backup.items { try await run.take(item) }
        let epoch = try RestoredEpoch(after: backup.summary, signer: nil, isSameSite: false, at: Timestamp.now)
        return (try await run.finish(epoch), run.isDone)
    }

    /// It may have been killed behind its last write, so that nothing said that it was done.
    @Test func sameBackupAgainFindsThatItIsThere() async throws {
        try await withStore { store, backup in
            let first = try await restore(backup, into: store)
            let again = try await restore(backup, into: store)
            #expect(!first.isDone && again.isDone)
            let state = try await store.state()
            #expect(again.state == state && state.epoch == first.state.epoch)
        }
    }

    @Test func storeThatIsUsedSinceIsNotEmpty() async throws {
        try await withStore { store, backup in
            _ = try await restore(backup, into: store)
            let key = try DocumentKey(parsing: "parsing/prod")
            var chain = VersionChain(key, after: try await store.head(of: key)?.record)
            _ = try await store.append(chain.next())
            await #expect(throws: RestoreError.notEmpty) { _ = try await restore(backup, into: store) }
        }
    }

    /// A registry that ran on the store when the restore began may have written what the backup has too.
    @Test func versionOfAnotherProgramIsNotTakenForOneOfTheBackup() async throws {
        try await withStore { store, backup in
            _ = try await RestoreRun(of: backup.summary, into: store, hasAccess: true)
            var chain = try VersionChain("a/prod")
            _ = try await store.append(chain.next(#"{"foreign":true}"#))
            let version = VersionIdentity(key: chain.key, version: 1)
            await #expect(throws: RestoreError.otherVersion(version)) { _ = try await restore(backup, into: store) }
        }
    }
}
