import ConfigModel
import ConfigStore
import GRDB
import Logging
import TestSupport
import Testing

@testable import SQLiteStore

/// Rows that were changed behind the store's back, and how the store finds rows.
@Suite(.timeLimit(.minutes(1)))
struct SQLiteRowTests {
    @Test(
        arguments: [
            ("config_data = CAST('{\"a\":2}' AS BLOB)", "'content_hash' does not match 'config_data'"),
            ("comment = 'another'", "'record_hash' does not match the other fields"),
            ("change_type = 'moved'", "'change_type' is not one of created, updated, deleted"),
            ("epoch = 'first'", "'epoch' is not <number>-<uuid>"),
            ("signature = 'c2lnbmF0dXJl'", "only one of 'signature' and 'key_id' is there"),
        ])
    func damagedVersionIsNamed(_ change: String, reason: String) async throws {
        try await withStore { store in
            var chain = try VersionChain("parsing/prod")
            for _ in 0..<2 { #expect(try await store.append(chain.next(#"{"a":1}"#)) == .stored) }
            try await store.write { try $0.execute(sql: "UPDATE versions SET \(change) WHERE version = 2") }
            let error = await #expect(throws: StoreError.self) { try await store.head(of: chain.key) }
            let text = try #require(error).description
            #expect(text.contains(reason), "\(text)")
            #expect(text.contains("Version 2 of parsing/prod"), "\(text)")
            #expect(try await store.version(1, of: chain.key) != nil)
        }
    }

    /// The statements walk indexes: nothing is sorted, and no table is read from end to end.
    @Test func headsAreReadThroughIndexes() async throws {
        try await withStore { store in
            for query in [HeadQuery(), HeadQuery(environment: "prod"), HeadQuery(environment: "prod", prefix: "a")] {
                let steps = try await store.read { database in
                    let selection = HeadSelection(query)
                    return try Row.fetchAll(
                        database, sql: "EXPLAIN QUERY PLAN \(selection.sql("head.*"))", arguments: selection.arguments
                    ).map { row in row["detail"] as String }
                }
                #expect(steps.first?.contains("document USING INDEX versions_document") == true, "\(steps)")
                #expect(steps.contains { $0.contains("SEARCH head USING INDEX versions_number") }, "\(steps)")
                #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN head") }, "\(steps)")
            }
        }
    }

    @Test func changeSetIsReadThroughItsIndex() async throws {
        try await withStore { store in
            let steps = try await store.read { database in
                try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN SELECT * FROM versions WHERE changeset_id = '3-0'")
                    .map { row in row["detail"] as String }
            }
            #expect(steps == ["SEARCH versions USING INDEX versions_changeset (changeset_id=?)"])
        }
    }

    /// Newest first without sorting, from the end of the index or from a position on.
    @Test(arguments: [nil, Arrival(time: 1_790_000_000_000, row: 7)])
    func changesAreReadThroughTheIndexOfArrivals(_ position: Arrival?) async throws {
        try await withStore { store in
            var query = AuditQuery()
            (query.service, query.createdBy, query.since) = ("a", "ann", Timestamp(milliseconds: 1_780_000_000_000))
            let selection = AuditSelection(query, behind: position)
            let steps = try await store.read { database in
                try Row.fetchAll(
                    database, sql: "EXPLAIN QUERY PLAN \(selection.sql)", arguments: selection.arguments
                ).map { row in row["detail"] as String }
            }
            #expect(steps.first?.hasPrefix("SEARCH head USING INDEX versions_stored") == true, "\(steps)")
            #expect(!steps.contains { $0.contains("TEMP B-TREE") || $0.contains("SCAN") }, "\(steps)")
        }
    }

    @Test func cancelledCallIsUnavailable() async throws {
        try await withStore { store in
            let record = try VersionChain("service/prod").following()
            let task = Task { () throws -> AppendOutcome in
                withUnsafeCurrentTask { $0?.cancel() }
                return try await store.append(record)
            }
            let error = await #expect(throws: StoreError.self) { try await task.value }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await store.append(record) == .stored)
        }
    }

    private func withStore(_ body: (SQLiteStore) async throws -> Void) async throws {
        try await TemporaryDirectory.with { directory in
            let store = try await SQLiteStore.open(directory: directory.path, logger: Logger.silent)
            do {
                try await body(store)
            } catch {
                await store.close()
                throw error
            }
            await store.close()
        }
    }
}
