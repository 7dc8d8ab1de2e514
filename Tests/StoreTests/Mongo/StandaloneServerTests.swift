import ConfigModel
import ConfigStore
import Logging
import TestSupport
import Testing

@testable import MongoStore

/// A stand-alone server has no transactions: it takes everything but change sets.
@Suite(
    .enabled(if: StandaloneServer.program != nil, "The servers of the tests were not started by scripts/services"),
    .timeLimit(.minutes(2)))
struct StandaloneServerTests {
    @Test func versionsAreStoredAndSetsAreRefused() async throws {
        try await StandaloneServer.with { uri in
            let store = try await eventually("the server answers") {
                try await MongoStore.open(uri: uri, logger: .silent)
            }
            let record = try VersionChain("a/prod").following()
            #expect(try await store.append(record) == .stored)
            for _ in 0..<2 {
                let error = await #expect(throws: StoreError.self) {
                    try await store.append(VersionChain.set(["b/prod", "c/prod"]))
                }
                guard case .unsupported(let reason) = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(reason.contains("Make it a replica set"))
            }
            #expect(try await store.heads(HeadQuery()).map(\.record) == [record])
            // A program of the release before may still use it.
            let format = try await store.workers.run { client throws(MongoFailure) in
                try client.find(in: .meta, ["_id": "format"]) { row throws(MongoFailure) in try row.int64("n") }
            }
            #expect(format == [MongoClient.firstFormat])
            #expect(try await store.append(VersionChain(record.key, after: record).following()) == .stored)
            await store.close()
        }
    }
}
