import ConfigModel
import ConfigStore
import Foundation
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

/// The file of the embedded store and the directory around it.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteFileTests {
    private let logger = Logger.silent

    @Test func versionsAndEpochSurviveReopening() async throws {
        try await TemporaryDirectory.with { directory in
            var chain = try VersionChain("service/prod")
            let records = [chain.next(#"{"a":1}"#), chain.next(#"{"a":18446744073709551617}"#), chain.tombstone()]
            let epoch = try await open(directory) { store in
                for record in records { #expect(try await store.append(record) == .stored) }
                try await store.markAnnounced([VersionIdentity(key: chain.key, version: 2)])
                return try await store.epoch()
            }
            try await open(directory) { store in
                let history = try await store.history(of: chain.key, before: nil, limit: 10)
                #expect(history.map(\.record) == records.reversed())
                #expect(history.map(\.isAnnounced) == [false, true, false])
                #expect(try await store.epoch() == epoch)
                #expect(try await store.append(records[2]) == .stored)
            }
        }
    }

    /// A child that another thread starts at this moment holds a copy of every descriptor until it runs its program.
    @Test func directoryIsFreeWhenItsStoreIsClosedAlsoWhileAChildIsBeingStarted() async throws {
        try await TemporaryDirectory.with { directory in
            var copies: [Int32] = []
            defer { OpenFiles.close(copies) }
            for _ in 1...3 {
                try await open(directory) { _ in
                    copies += try OpenFiles.copies(of: "\(directory.path)/configbus.lock")
                }
            }
            #expect(copies.count >= 3)
        }
    }

    @Test func directoryBelongsToOneStoreAtATime() async throws {
        try await TemporaryDirectory.with { directory in
            try await open(directory) { store in
                let error = await #expect(throws: StoreError.self) {
                    try await SQLiteStore.open(directory: directory.path, logger: logger)
                }
                #expect(error?.description.contains("in use by another configbus process") == true)
                #expect(error?.description.contains(directory.path) == true)
                let outcome = try await store.append(VersionChain("service/prod").following())
                #expect(outcome == .stored)
            }
            try await open(directory) { store in
                let heads = try await store.heads(HeadQuery())
                #expect(heads.count == 1)
            }
        }
    }

    @Test func onlyTheOwnerMayLook() async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/new/data"
            let store = try await SQLiteStore.open(directory: path, logger: logger)
            #expect(try await store.append(VersionChain("service/prod").following()) == .stored)
            #expect(try permissions(of: path) == 0o700)
            let files = try FileManager.default.contentsOfDirectory(atPath: path).sorted()
            #expect(files == ["configbus.lock", "configbus.sqlite", "configbus.sqlite-shm", "configbus.sqlite-wal"])
            for file in files { #expect(try permissions(of: "\(path)/\(file)") == 0o600, "\(file)") }
            await store.close()
        }
    }

    @Test func commitIsOnTheDisk() async throws {
        try await TemporaryDirectory.with { directory in
            try await open(directory) { store in
                let (synchronous, journal) = try await store.write { database in
                    // 2 is FULL. Not visible inside a transaction of its own making, but the connection's setting is.
                    (
                        try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                        try String.fetchOne(database, sql: "PRAGMA journal_mode")
                    )
                }
                #expect(synchronous == 2)
                #expect(journal == "wal")
            }
        }
    }

    @Test func fullStoreRefusesAndKeepsWhatItHas() async throws {
        try await TemporaryDirectory.with { directory in
            var chain = try VersionChain("service/prod")
            let store = try await SQLiteStore.open(
                directory: directory.path, options: SQLiteOptions(maximumBytes: 1 << 20), logger: logger)
            var stored: [VersionRecord] = []
            var failure: StoreError?
            while failure == nil, stored.count < 1_000 {
                let record = chain.following(#"{"a":"\#(String(repeating: "x", count: 50_000))"}"#)
                do throws(StoreError) {
                    #expect(try await store.append(record) == .stored)
                    stored.append(record)
                    chain = VersionChain(chain.key, after: record)
                } catch {
                    failure = error
                }
            }
            guard case .full(let text) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(text.contains("no room left"))
            #expect(!stored.isEmpty)
            let history = try await store.history(of: chain.key, before: nil, limit: 1_000)
            #expect(history.map(\.record) == stored.reversed())
            await store.close()
        }
    }

    @Test func fileThatIsNotADatabaseIsRefused() async throws {
        try await TemporaryDirectory.with { directory in
            try Data(repeating: 0x55, count: 10_000).write(
                to: URL(fileURLWithPath: "\(directory.path)/configbus.sqlite"))
            try await expectRefusal(directory, "is damaged")
        }
    }

    /// Pages in the middle of the file overwritten: it opens, and reading what lies there says so.
    @Test func damagedFileIsNamed() async throws {
        try await TemporaryDirectory.with { directory in
            var chain = try VersionChain("service/prod")
            try await open(directory) { store in
                for _ in 0..<50 {
                    let record = chain.next(#"{"a":"\#(String(repeating: "x", count: 3_000))"}"#)
                    let outcome = try await store.append(record)
                    #expect(outcome == .stored)
                }
            }
            let path = "\(directory.path)/configbus.sqlite"
            var bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            let pages = bytes.count / 4_096
            #expect(pages > 20)
            bytes.replaceSubrange(4_096 * 8..<4_096 * pages, with: Data(repeating: 0xaa, count: 4_096 * (pages - 8)))
            try bytes.write(to: URL(fileURLWithPath: path))
            let error = await #expect(throws: StoreError.self) {
                try await open(directory) { _ = try await $0.history(of: chain.key, before: nil, limit: 100) }
            }
            guard case .invalid(let text) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(text.contains("damaged"), "\(text)")
        }
    }

    @Test func databaseOfAnotherProgramIsRefused() async throws {
        try await TemporaryDirectory.with { directory in
            try edit(directory, "CREATE TABLE theirs (a)")
            try await expectRefusal(directory, "is a SQLite database of another program")
        }
    }

    @Test func formatIsKeptInTheFile() async throws {
        try await TemporaryDirectory.with { directory in
            try await open(directory) { store in
                let format = try await store.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
                #expect(format == StoreSchema.format)
            }
        }
    }

    @Test func fileOfANewerVersionIsRefused() async throws {
        try await TemporaryDirectory.with { directory in
            try await open(directory) { _ in }
            try edit(directory, "PRAGMA user_version = 1000")
            try await expectRefusal(directory, "was written by a newer version of configbus")
        }
    }

    @Test(arguments: ["", "/dev/null/data", "/proc/configbus"])
    func unusableDirectoryIsRefused(_ path: String) async throws {
        let error = await #expect(throws: StoreError.self) {
            try await SQLiteStore.open(directory: path, logger: logger)
        }
        #expect(error?.description.contains("data directory") == true, "\(String(describing: error))")
    }

    private func open<Value>(
        _ directory: TemporaryDirectory, _ body: (SQLiteStore) async throws -> Value
    ) async throws -> Value {
        let store = try await SQLiteStore.open(directory: directory.path, logger: logger)
        do {
            let value = try await body(store)
            await store.close()
            return value
        } catch {
            await store.close()
            throw error
        }
    }

    /// Changes the file without the store.
    private func edit(_ directory: TemporaryDirectory, _ sql: String) throws {
        let queue = try DatabaseQueue(path: "\(directory.path)/configbus.sqlite")
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    private func expectRefusal(_ directory: TemporaryDirectory, _ reason: String) async throws {
        let error = await #expect(throws: StoreError.self) {
            try await SQLiteStore.open(directory: directory.path, logger: logger)
        }
        guard case .invalid(let text) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(text.contains(reason) && text.contains("configbus.sqlite"), "\(text)")
    }

    private func permissions(of path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
