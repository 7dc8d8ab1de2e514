import ConfigAccess
import ConfigModel
import ConfigStore
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

@Suite(.timeLimit(.minutes(1))) struct SQLiteAccessTests {
    @Test func theNewestEntriesOfTheAccessLogAreKept() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            for start in stride(from: 0, to: 30, by: 7) as StrideTo<Int64> {
                let entries = (start..<(start + 7)).map { AccessLogEntry.sample(at: $0) }
                try await store.write { try $0.appendAccessLog(entries, keeping: 10) }
            }
            let entries = try await store.accessLog(AccessLogQuery()).entries
            #expect(entries.map(\.at.milliseconds) == (25...34).reversed())
            await store.close()
        }
    }

    @Test func aTokenThatANewerProgramMadeIsLeftOutTheOthersCount() async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            let tokens = [try AccessToken.sample("a"), try AccessToken.sample("b")]
            for token in tokens { #expect(try await store.addToken(token, limit: 10) == .added) }
            let changes = ["UPDATE tokens SET grants = 'ruler:#/*' WHERE name = 'a'"]
            for change in changes {
                try await store.write { try $0.execute(sql: change) }
                #expect(try await store.tokens() == [tokens[1]])
            }
            #expect(try await store.token(tokens[0].id) == nil)
            await store.close()
        }
    }

    @Test func aFileOfTheFormatBeforeTokensGetsTheTablesAndNeedsNoCredential() async throws {
        try await TemporaryDirectory.with { directory in
            try await SQLiteStore.open(directory: directory.path, logger: .silent).close()
            let queue = try DatabaseQueue(path: "\(directory.path)/configbus.sqlite")
            try await queue.writeWithoutTransaction { database in
                for table in ["tokens", "token_names", "denials", "access_log", "pruned"] {
                    try database.execute(sql: "DROP TABLE \(table)")
                }
                try database.execute(
                    sql: """
                        DROP INDEX versions_stored;
                        DROP INDEX versions_changeset;
                        ALTER TABLE versions DROP COLUMN changeset_members;
                        PRAGMA user_version = 4
                        """)
            }
            try queue.close()
            let store = try await SQLiteStore.open(directory: directory.path, logger: .silent)
            #expect(try await store.state().authentication == .optional)
            #expect(try await store.addToken(.sample("ci"), limit: 1) == .added)
            await store.close()
        }
    }
}
