import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// A change set whose commit the store saw no answer to must end in the truth: all of it once, or none.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(2)))
struct LostCommitTests {
    enum Request: String, CaseIterable {
        /// The one that carries the versions.
        case insert = "changeset_members"
        case commit = "commitTransaction"
    }

    @Test(arguments: Request.allCases, [1, 2, 3])
    func setIsStoredOnceHoweverManyAnswersAreLost(request: Request, losses: Int) async throws {
        let options = MongoOptions(resolutionTimeout: .seconds(20))
        try await MongoDatabase.withProxy(retryWrites: true, options: options) { store, proxy in
            let set = try VersionChain.set(["a/prod", "b/prod", "c/prod"])
            #expect(try await store.append(VersionChain.set(["warm/up"])) == .stored)
            proxy.loseAnswers(toRequestsWith: request.rawValue, count: losses)
            #expect(try await store.append(set) == .stored)
            #expect(proxy.pendingLosses == 0)
            try await expectOnce(set, in: store)
        }
    }

    /// The commit reached the server, and no answer ever came back: reading the first member says that the set is stored.
    @Test func lostOutcomeIsRead() async throws {
        let options = MongoOptions(connectTimeout: .seconds(4), resolutionTimeout: .zero)
        try await MongoDatabase.withProxy(retryWrites: true, options: options) { store, proxy in
            let set = try VersionChain.set(["a/prod", "b/prod"])
            proxy.loseAnswers(toRequestsWith: Request.commit.rawValue, count: 1_000)
            #expect(try await store.append(set) == .stored)
            try await expectOnce(set, in: store)
        }
    }

    /// Nothing reached the server: no member is stored, the caller learns that it is not known, and the same set again is fine.
    @Test func unknownOutcomeIsUnavailableAndTheSameSetAgainIsHarmless() async throws {
        let options = MongoOptions(connectTimeout: .seconds(1), resolutionTimeout: .zero)
        try await MongoDatabase.withProxy(retryWrites: true, options: options) { store, proxy in
            let set = try VersionChain.set(["a/prod", "b/prod"])
            #expect(try await store.append(VersionChain.set(["warm/up"])) == .stored)
            proxy.loseAnswers(toRequestsWith: "change_id", count: 1_000)
            let error = await #expect(throws: StoreError.self) { try await store.append(set) }
            guard case .unavailable = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            proxy.loseAnswers(toRequestsWith: "", count: 0)
            try await eventually("the set is stored") {
                do throws(StoreError) {
                    return try await store.append(set) == .stored
                } catch {
                    return false
                }
            }
            try await expectOnce(set, in: store)
        }
    }

    private func expectOnce(_ set: [VersionRecord], in store: MongoStore) async throws {
        let page = try await store.versions(ofChangeSet: try #require(set[0].changeSet?.id))
        #expect(page.map(\.record).sorted { $0.key < $1.key } == set)
        for record in set {
            #expect(try await store.history(of: record.key, before: nil, limit: 10).map(\.record) == [record])
        }
    }
}
