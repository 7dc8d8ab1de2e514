import ConfigAccess
import ConfigModel
import ConfigStore
import Testing

/// The checks behind `AccessStoreBehaviour`.
struct AccessStoreConformance: Sendable {
    let store: any RegistryStore

    func time(_ milliseconds: Int64) -> Timestamp { Timestamp(milliseconds: milliseconds) }

    /// What many callers get who do the same at once.
    func atOnce<Value: Sendable>(
        _ count: Int, _ call: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for number in 0..<count { group.addTask { try await call(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @discardableResult
    func added(_ tokens: AccessToken...) async throws -> [AccessToken] {
        for token in tokens { #expect(try await store.addToken(token, limit: 100) == .added, "\(token.name)") }
        return tokens
    }

    func newStoreKnowsNoIdentities() async throws {
        let state = try await store.state()
        #expect(state.authentication == .optional && state.access == 0)
        #expect(try await store.tokens() == [])
        #expect(try await store.token("aaaaaaaaaaaa") == nil)
        #expect(try await store.denials() == [])
        #expect(try await store.accessLog(AccessLogQuery()) == AccessLogPage(entries: []))
    }

    func everyFieldOfATokenComesBack() async throws {
        let grants = (0..<Grant.maximumCount).map { "reader:service\($0).#/prod" }
        var first = try AccessToken.sample("ci", grants, rights: [.onBehalf, .emergency], expiresAt: nil)
        first.lastUsedAt = nil
        let text = TokenText.random()
        let second = AccessToken(
            id: text.id, hash: text.hash, name: "A.b_c-d", grants: [], createdAt: time(1_790_000_000_999),
            createdBy: "sso:zoe", expiresAt: time(1_790_000_001_000), comment: "Zoe\u{301} said: \"\u{0}\n\u{1F600}\"")
        try await added(first, second)
        #expect(try await store.tokens() == [first, second])
        #expect(try await store.token(first.id) == first)
        let stored = try #require(try await store.token(second.id))
        #expect(stored == second && Array(stored.comment.utf8) == Array(second.comment.utf8))
    }

    func firstOfAllMakesAuthenticationRequired() async throws {
        try await added(.sample("ci"))
        let state = try await store.state()
        #expect(state.authentication == .required && state.access > 0)
        try await store.setAuthentication(.off)
        #expect(try await store.state().authentication == .off)
        // What is refused changes nothing.
        #expect(
            try await store.addToken(.sample("ci", ["admin:#/*"]), limit: 100)
                == .nameTaken(grants: [.sample("reader:#/*")], rights: []))
        #expect(try await store.addToken(.sample("other"), limit: 1) == .tooMany)
        #expect(try await store.state().authentication == .off)
        try await added(.sample("other"))
        #expect(try await store.state().authentication == .required)
    }

    func sameTokenAgainIsAdded() async throws {
        let token = try AccessToken.sample("ci")
        for _ in 0..<3 { #expect(try await store.addToken(token, limit: 1) == .added) }
        #expect(try await store.tokens() == [token])
    }

    func nameBelongsToItsGrants() async throws {
        let tokens = try await added(
            .sample("ci", ["reader:a/*", "reader:b/*"]), .sample("ci", ["reader:b/*", "reader:a/*"]))
        for token in tokens { #expect(try await store.revokeToken(token.id, at: time(2_000), by: "alice")) }
        let taken = TokenAddition.nameTaken(
            grants: [try .sample("reader:a/*"), try .sample("reader:b/*")], rights: [])
        let others = [
            try AccessToken.sample("ci", ["reader:a/*"]),
            try AccessToken.sample("ci", ["reader:a/*", "reader:b/*"], rights: [.onBehalf]),
        ]
        for other in others {
            #expect(try await store.addToken(other, limit: 100) == taken)
            // Long after the last token of the name is gone.
            var late = other
            late = AccessToken(
                id: late.id, hash: late.hash, name: late.name, grants: late.grants, rights: late.rights,
                createdAt: time(1 << 40), createdBy: "alice", expiresAt: nil)
            #expect(try await store.addToken(late, limit: 100) == taken)
        }
        try await added(.sample("ci", ["reader:a/*", "reader:b/*"]))
        #expect(try await store.tokens().count == 3)
    }

    func nameIsGivenOnceOnly() async throws {
        let outcomes = try await atOnce(12) { number in
            try await store.addToken(.sample("ci", ["reader:service\(number % 3)/*"]), limit: 100)
        }
        #expect(outcomes.count { $0 == .added } == 4)
        #expect(Set(try await store.tokens().map(\.grants)).count == 1)
    }

    func livingTokensAreLimited() async throws {
        let ended = try AccessToken.sample("ended", expiresAt: 999)
        let revoked = try AccessToken.sample("revoked")
        try await added(ended, revoked)
        #expect(try await store.revokeToken(revoked.id, at: time(1_001), by: "alice"))
        for number in 0..<3 { #expect(try await store.addToken(.sample("t\(number)"), limit: 3) == .added) }
        #expect(try await store.addToken(.sample("t0"), limit: 3) == .tooMany)
        #expect(try await store.addToken(.sample("t9"), limit: 3) == .tooMany)
        // A name that was refused is still free.
        try await added(.sample("t9", ["admin:#/*"]))
        #expect(try await store.tokens().count == 6)
    }

    func limitHoldsForManyAtOnce() async throws {
        let outcomes = try await atOnce(16) { number in
            try await store.addToken(.sample("t\(number)"), limit: 5)
        }
        let count = outcomes.count { $0 == .added }
        #expect(count <= 5)
        #expect(outcomes.allSatisfy { $0 == .added || $0 == .tooMany })
        #expect(try await store.tokens().count == count)
    }

    func longEndedTokensAreRemoved() async throws {
        let day: Int64 = 86_400_000
        let tokens = try await added(
            .sample("expired", expiresAt: day), .sample("revoked", expiresAt: nil), .sample("living", expiresAt: nil),
            .sample("lately", expiresAt: 2 * day))
        #expect(try await store.revokeToken(tokens[1].id, at: time(day), by: "alice"))
        try await added(.sample("other", createdAt: 31 * day + 1, expiresAt: nil))
        #expect(try await store.tokens().map(\.name).sorted() == ["lately", "living", "other"])
    }

    func revokedTokenStaysRevoked() async throws {
        var token = try AccessToken.sample("ci")
        try await added(token)
        #expect(try await store.revokeToken(token.id, at: time(2_000), by: "alice"))
        #expect(try await store.revokeToken(token.id, at: time(3_000), by: "bob") == false)
        #expect(try await store.revokeToken("aaaaaaaaaaaa", at: time(3_000), by: "bob") == false)
        token.revokedAt = time(2_000)
        token.revokedBy = "alice"
        #expect(try await store.tokens() == [token])
    }

    func endOnlyComesEarlier() async throws {
        let tokens = try await added(.sample("a", expiresAt: nil), .sample("b", expiresAt: 5_000))
        for (end, expected) in [(9_000, [9_000, 5_000]), (4_000, [4_000, 4_000]), (6_000, [4_000, 4_000])]
            as [(Int64, [Int64?])]
        {
            for token in tokens { try await store.limitToken(token.id, to: time(end)) }
            let ends = try await store.tokens().sorted { $0.name < $1.name }.map(\.expiresAt?.milliseconds)
            #expect(ends == expected)
        }
        try await store.limitToken("aaaaaaaaaaaa", to: time(1))
        #expect(try await store.tokens().count == 2)
    }

    func usesOnlyAdvance() async throws {
        let tokens = try await added(.sample("a"), .sample("b"))
        let number = try await store.state().access
        try await store.noteUses([:])
        try await store.noteUses([tokens[0].id: time(2_000), tokens[1].id: time(3_000), "aaaaaaaaaaaa": time(1)])
        try await store.noteUses([tokens[0].id: time(2_500), tokens[1].id: time(2_500)])
        let uses = try await store.tokens().sorted { $0.name < $1.name }.map(\.lastUsedAt?.milliseconds)
        #expect(uses == [2_500, 3_000])
        #expect(try await store.state().access == number)
    }
}
