import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoStoreTests {
    @Test(arguments: VersionStoreBehaviour.allCases)
    func conforms(_ behaviour: VersionStoreBehaviour) async throws {
        try await MongoDatabase.withStore { store, _ in try await behaviour.verify(on: store) }
    }

    @Test(arguments: AccessStoreBehaviour.allCases)
    func conforms(_ behaviour: AccessStoreBehaviour) async throws {
        try await MongoDatabase.withStore { store, _ in try await behaviour.verify(on: store) }
    }

    @Test func aVersionTooLargeForTheServerIsRefused() async throws {
        try await MongoDatabase.withStore { store, _ in
            var chain = try VersionChain("large/prod")
            let large = chain.following(#"{"a":"\#(String(repeating: "x", count: 16 << 20))"}"#)
            let error = await #expect(throws: StoreError.self) { try await store.append(large) }
            guard case .tooLarge = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try await store.head(of: chain.key) == nil)
            #expect(try await store.append(chain.next()) == .stored)
        }
    }

    @Test func layoutIsTheOneThatOtherProgramsReadToo() async throws {
        try await MongoDatabase.withStore { store, database in
            let record = try VersionChain("parsing/prod").following(#"{"a":18446744073709551617}"#)
            _ = try await store.append(record)
            let row = try await database.run { client throws(MongoFailure) in
                try client.find(
                    in: .versions,
                    ["_id": ["s": "parsing", "e": "prod", "v": 1], "config_data": .binary(record.content.bytes)]
                ) { row throws(MongoFailure) in
                    (
                        names: row.numbers.map(\.name), announced: try row.bool("announced"),
                        at: try row.timestamp("at"), created: try row.date("created_at")
                    )
                }.first
            }
            let found = try #require(row)
            #expect(found.names.first == "_id")
            #expect(
                Set(["change_type", "content_hash", "record_hash", "epoch", "change_id"]).isSubset(of: found.names))
            #expect(found.announced == false)
            #expect(found.created == record.createdAt.milliseconds)
            // The server filled it in by its own clock: the record's own time lies elsewhere.
            #expect(abs(found.at - found.created / 1_000) > 1_000)
            #expect(found.at > 1_700_000_000)
        }
    }
}
