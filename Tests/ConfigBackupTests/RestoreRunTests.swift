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

    /// Both went on from a mark of this backup.
    @Test(arguments: [true, false])
    func oneOfTwoRunsOfABackupEnds(hasContent: Bool) async throws {
        try await withStore { store, sample in
            let backup =
                hasContent ? sample : try BackupSample.read(try await BackupSample.bytes(of: InMemoryVersionStore()))
            var slow = try await RestoreRun(of: backup.summary, into: store, hasAccess: true)
            for item in backup.items { try await slow.take(item) }
            let first = try await restore(backup, into: store)
            let late = try RestoredEpoch(after: backup.summary, signer: nil, isSameSite: false, at: Timestamp.now)
            do throws(RestoreError) {
                _ = try await slow.finish(late)
                Issue.record("both ended")
            } catch {
                #expect(error == .otherRestore)
            }
            #expect(try await store.state().epoch == first.state.epoch)
            #expect(try await store.versionCount() == Int64(backup.summary.trailer.counts.versions))
        }
    }

    @Test func oneOfTwoBackupsAtOnceIsRestored() async throws {
        try await withStore { store, one in
            let history = InMemoryVersionStore()
            var chain = try VersionChain("b/prod")
            for _ in 1...3 { _ = try await history.append(chain.next()) }
            let other = try BackupSample.read(try await BackupSample.bytes(of: history))
            async let first = outcome(of: one, into: store)
            async let second = outcome(of: other, into: store)
            let (failure, otherFailure) = (await first, await second)
            #expect((failure == nil) != (otherFailure == nil))
            let reason = try #require(failure ?? otherFailure)
            #expect([RestoreError.otherBackup, .otherRestore, .notEmpty].contains(reason))
            #expect(try await store.restoreMark() == nil)
            #expect(try await store.versionCount() == (failure == nil ? Int64(one.summary.trailer.counts.versions) : 3))
        }
    }

    /// Nil when it was restored.
    private func outcome(
        of backup: (summary: BackupSummary, items: [BackupItem]), into store: SQLiteStore
    ) async -> RestoreError? {
        do {
            _ = try await restore(backup, into: store)
            return nil
        } catch {
            return error as? RestoreError
        }
    }

    @Test(arguments: [(.max, false), (1 << 53, false), ((1 << 53) - 1, true)] as [(Int64, Bool)])
    func epochLeavesRoomForLaterOnes(number: Int64, isTaken: Bool) async throws {
        let backup = try BackupSample.read(try await BackupSample.bytes(of: InMemoryVersionStore()))
        do throws(RestoreError) {
            let taken = try RestoredEpoch(
                after: backup.summary, number: number, signer: nil, isSameSite: false, at: Timestamp.now)
            #expect(isTaken && taken.epoch.next(at: Timestamp.now) != nil)
        } catch {
            #expect(!isTaken && error == .largeEpoch(number) && error.description.contains("9007199254740991"))
        }
    }
}
