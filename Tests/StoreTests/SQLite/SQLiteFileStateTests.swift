import ConfigModel
import ConfigStore
import Foundation
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

/// What is noticed at start, and what happens to the files under a running store.
@Suite(.timeLimit(.minutes(1))) struct SQLiteFileStateTests {
    @Test(arguments: [
        ("PRAGMA user_version = -1", "has the user_version -1"),
        ("PRAGMA user_version = 1000", "was written by a newer version of configbus"),
        ("PRAGMA user_version = 2147483647", "was written by a newer version of configbus"),
        ("ALTER TABLE versions DROP COLUMN overrides", "no such column: overrides"),
    ])
    func impossibleFileIsRefused(_ change: String, reason: String) async throws {
        try await TemporaryDirectory.with { directory in
            try await SQLiteStore.open(directory: directory.path, logger: .silent).close()
            try edit(directory, change)
            let error = await #expect(throws: StoreError.self) {
                try await SQLiteStore.open(directory: directory.path, logger: .silent)
            }
            guard case .invalid(let text)? = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(text.contains(reason) && text.contains("configbus.sqlite"), "\(text)")
        }
    }

    @Test(arguments: [
        "versions_number", "versions_change", "versions_document", "versions_unannounced", "versions_stored",
    ])
    func missingIndexIsMadeAgain(_ index: String) async throws {
        try await TemporaryDirectory.with { directory in
            try await SQLiteStore.open(directory: directory.path, logger: .silent).close()
            for change in ["DROP INDEX \(index)", "DROP INDEX \(index); CREATE INDEX \(index) ON versions (comment)"] {
                try edit(directory, change)
                let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
                try await VersionStoreBehaviour.changeIdentifierCountsPerDocument.verify(on: store)
                let sql = try await store.read {
                    try String.fetchOne($0, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [index])
                }
                #expect(sql?.contains("(comment)") == false)
                try await store.write { try $0.execute(sql: "DELETE FROM versions") }
                await store.close()
            }
        }
    }

    @Test func indexThatCannotBeMadeAgainIsNamed() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            #expect(try await store.append(VersionChain("a/prod").following()) == .stored)
            await store.close()
            try edit(directory, "DROP INDEX versions_number; DROP INDEX versions_change")
            try edit(directory, "INSERT INTO versions SELECT * FROM versions")
            let error = await #expect(throws: StoreError.self) {
                try await SQLiteStore.open(directory: directory.path, logger: .silent)
            }
            #expect(error?.description.contains("lacks the index versions_") == true, "\(String(describing: error))")
        }
    }

    /// Nothing is written into a file that would be gone after a restart.
    @Test(arguments: ["", "/configbus.sqlite", "/configbus.sqlite-wal"])
    func removedFilesAreNotWrittenTo(_ file: String) async throws {
        try await TemporaryDirectory.with { directory in
            let path = "\(directory.path)/data"
            let store = try await SQLiteStore.open(directory: path, logger: .silent)
            var chain = try VersionChain("a/prod")
            let first = chain.next()
            #expect(try await store.append(first) == .stored)
            try FileManager.default.removeItem(atPath: path + file)
            let calls: [@Sendable () async throws -> Void] = [
                { [record = chain.following()] in _ = try await store.append(record) },
                { try await store.markAnnounced([VersionIdentity(key: first.key, version: 1)]) },
                { _ = try await store.statistics() },
            ]
            for call in calls {
                let error = await #expect(throws: StoreError.self) { try await call() }
                #expect(error?.description.contains("was removed or replaced") == true, "\(String(describing: error))")
            }
            await store.close()
        }
    }

    private func edit(_ directory: TemporaryDirectory, _ sql: String) throws {
        let queue = try DatabaseQueue(path: "\(directory.path)/configbus.sqlite")
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }
}
