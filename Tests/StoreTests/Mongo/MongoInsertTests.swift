import CMongoC
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// One insert of several versions says of each what became of it.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct MongoInsertTests {
    @Test func refusedVersionKeepsNoOtherFromBeingStored() async throws {
        try await MongoDatabase.withStore { store, database in
            let taken = try VersionChain("taken/prod").following(#"{"a":1}"#)
            #expect(try await store.append(taken) == .stored)
            let late = try VersionChain("taken/prod").following(#"{"a":2}"#)
            let first = try VersionChain("first/prod").following()
            let large = try VersionChain("large/prod").following(
                #"{"a":""# + String(repeating: "x", count: 17_000_000) + #""}"#)
            let last = try VersionChain("last/prod").following()
            let records = [first, late, large, last]
            let failures = try await database.run { client throws(MongoFailure) in try client.insert(records) }
            #expect(failures.map { $0?.kind } == [nil, .duplicateKey, .tooLarge, nil])
            #expect(try await store.head(of: first.key)?.record == first)
            #expect(try await store.head(of: taken.key)?.record == taken)
            #expect(try await store.head(of: large.key) == nil)
            #expect(try await store.head(of: last.key)?.record == last)
        }
    }

    /// A majority that cannot be had leaves the outcome of every version open, and a duplicate what it is.
    @Test func writeConcernThatIsNotReachedLeavesEveryOutcomeOpen() async throws {
        try await MongoDatabase.withStore { store, _ in
            let taken = try VersionChain("taken/prod").following(#"{"a":1}"#)
            #expect(try await store.append(taken) == .stored)
            let records = try [
                VersionChain("first/prod").following(), VersionChain("taken/prod").following(#"{"a":2}"#),
                VersionChain("last/prod").following(),
            ]
            let failures = try await store.workers.run { client throws(MongoFailure) in
                // More members than there are: refused at once, and the versions are on the primary.
                let concern = mongoc_write_concern_new()
                defer { mongoc_write_concern_destroy(concern) }
                mongoc_write_concern_set_w(concern, 50)
                mongoc_collection_set_write_concern(client.pointer(to: .versions), concern)
                return try client.insert(records)
            }
            #expect(failures.map { $0?.kind } == [.unavailable, .duplicateKey, .unavailable])
        }
    }

    /// What the store makes of it: each append finds out by itself.
    @Test(arguments: [1, 2, 3])
    func lostAnswerOfManyIsResolvedForEach(losses: Int) async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let records = try (0..<20).map { try VersionChain("service\($0)/prod").following(comment: "to be lost") }
            proxy.loseAnswers(toRequestsWith: "to be lost", count: losses)
            try await withThrowingTaskGroup(of: AppendOutcome.self) { group in
                for record in records { group.addTask { try await store.append(record) } }
                for try await outcome in group { #expect(outcome == .stored) }
            }
            #expect(proxy.pendingLosses == 0)
            let stored = try await store.heads(HeadQuery(limit: 100)).map(\.record.changeID)
            #expect(stored.sorted() == records.map(\.changeID).sorted())
        }
    }
}
