import ConfigAccess
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import MongoStore

/// A change of identities whose outcome the store did not see is done again until it is beyond doubt.
@Suite(
    .enabled(if: MongoDatabase.isThere, "\(ServiceEnvironment.mongodbMissing)"), .timeLimit(.minutes(1)))
struct LostAccessAnswerTests {
    private func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    /// What stands in the requests whose answers are lost: those about the row, and those that raise the number.
    static let losses = [("row", 1), ("row", 2), ("$inc", 1), ("$inc", 2)]

    @Test(arguments: losses)
    func tokenIsAddedOnce(marker: String, count: Int) async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let token = try AccessToken.sample("ci")
            proxy.loseAnswers(toRequestsWith: marker == "row" ? token.id : marker, count: count)
            #expect(try await store.addToken(token, limit: 1) == .added)
            #expect(proxy.pendingLosses == 0)
            #expect(try await store.tokens() == [token])
            #expect(try await store.state().authentication == .required)
        }
    }

    @Test(arguments: losses)
    func firstTokenIsAddedOnce(marker: String, count: Int) async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let token = try AccessToken.sample("bootstrap", ["admin:#/*"])
            proxy.loseAnswers(toRequestsWith: marker == "row" ? token.id : marker, count: count)
            #expect(try await store.addFirstToken(token))
            #expect(proxy.pendingLosses == 0)
            #expect(try await store.tokens() == [token])
        }
    }

    @Test(arguments: [("revoked_at", 1), ("revoked_at", 2), ("$inc", 1)])
    func tokenIsRevokedByThisCall(marker: String, count: Int) async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let token = try AccessToken.sample("ci")
            #expect(try await store.addToken(token, limit: 1) == .added)
            let number = try await store.state().access
            proxy.loseAnswers(toRequestsWith: marker, count: count)
            #expect(try await store.revokeToken(token.id, at: time(2_000), by: "alice"))
            #expect(proxy.pendingLosses == 0)
            #expect(try await store.token(token.id)?.revokedBy == "alice")
            #expect(try await store.state().access > number)
        }
    }

    @Test(arguments: [1, 2])
    func denialIsRemovedByThisCall(count: Int) async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let denial = Denial.sample("sso:a")
            let isAdded = try await store.addDenial(denial, limit: 1)
            #expect(isAdded)
            proxy.loseAnswers(toRequestsWith: "delete\u{0}", count: count)
            #expect(try await store.removeDenial(denial.id))
            #expect(proxy.pendingLosses == 0)
            #expect(try await store.denials() == [])
        }
    }

    @Test(arguments: [1, 2])
    func entriesAreAddedOnce(count: Int) async throws {
        try await MongoDatabase.withProxy(retryWrites: false) { store, proxy in
            let entries = [AccessLogEntry.sample(at: 1, identity: "marked"), .sample(at: 2)]
            proxy.loseAnswers(toRequestsWith: "marked", count: count)
            try await store.appendAccessLog(entries)
            #expect(proxy.pendingLosses == 0)
            #expect(try await store.accessLog(AccessLogQuery()).entries == entries.reversed())
        }
    }
}
