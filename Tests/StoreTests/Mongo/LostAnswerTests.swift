import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// An append whose outcome the store did not see must end in the truth, never in a conflict with itself.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct LostAnswerTests {
    /// With its own retry the driver resolves one loss by itself; two losses in a row, or one without it, are the store's.
    @Test(arguments: [(1, true), (2, true), (1, false), (2, false), (3, false)])
    func appendIsResolved(losses: Int, retryWrites: Bool) async throws {
        try await MongoDatabase.withProxy(retryWrites: retryWrites) { store, proxy in
            var chain = try VersionChain("service/prod")
            #expect(try await store.append(chain.next()) == .stored)
            let record = chain.next(#"{"a":1}"#)
            proxy.loseAnswers(toRequestsWith: record.changeID, count: losses)
            let outcome = try await store.append(record)
            #expect(outcome == .stored)
            #expect(proxy.pendingLosses == 0)
            #expect(try await store.history(of: chain.key, before: nil, limit: 10).map(\.record.version) == [2, 1])
            #expect(try await store.head(of: chain.key)?.record == record)
        }
    }

    @Test func conflictIsStillSeen() async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let chain = try VersionChain("service/prod")
            let rival = chain.following(#"{"rival":true}"#)
            #expect(try await store.append(rival) == .stored)
            let late = chain.following(#"{"rival":false}"#)
            proxy.loseAnswers(toRequestsWith: late.changeID, count: 1)
            #expect(try await store.append(late) == .versionTaken)
            let reused = chain.following(#"{"other":true}"#, changeID: rival.changeID)
            proxy.loseAnswers(toRequestsWith: rival.changeID, count: 1)
            #expect(try await store.append(reused) == .changeExists(rival))
            #expect(proxy.pendingLosses == 0)
        }
    }

    @Test func unresolvedAppendIsUnavailableAndCanBeAskedAgain() async throws {
        let options = MongoOptions(connectTimeout: .seconds(1), resolutionTimeout: .zero)
        try await MongoDatabase.withProxy(retryWrites: false, options: options) { store, proxy in
            let record = try VersionChain("service/prod").following(#"{"a":1}"#)
            proxy.loseAnswers(toRequestsWith: record.changeID, count: 1_000)
            let error = await #expect(throws: StoreError.self) { try await store.append(record) }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            proxy.loseAnswers(toRequestsWith: record.changeID, count: 0)
            #expect(try await store.append(record) == .stored)
            #expect(try await store.history(of: record.key, before: nil, limit: 10).map(\.record) == [record])
        }
    }
}
