import ConfigAccess
import ConfigModel
import ConfigStore
import Testing

/// The first token, denials, and what the store says about identities as a whole.
extension AccessStoreConformance {
    private func administrator(
        createdAt: Int64 = 1_000, expiresAt: Int64? = 100_000, text: TokenText = .random()
    ) throws -> AccessToken {
        try .sample("bootstrap", ["admin:#/*"], text: text, createdAt: createdAt, expiresAt: expiresAt)
    }

    func oneOfManyAddsTheFirstToken() async throws {
        for round in 0..<3 as Range<Int64> {
            let outcomes = try await atOnce(8) { _ in
                try await store.addFirstToken(administrator(createdAt: 1_000 + round, expiresAt: nil))
            }
            #expect(outcomes.count { $0 } == 1)
            let living = try await store.tokens().filter { $0.revokedAt == nil }
            #expect(living.count == 1 && living.first?.grants == [.administrator])
            #expect(try await store.revokeToken(living[0].id, at: time(2_000), by: "alice"))
        }
        #expect(try await store.tokens().count == 3)
        #expect(try await store.state().authentication == .required)
    }

    func firstTokenNeedsThatNoneLives() async throws {
        try await added(.sample("some", ["admin:a.#/*"]), .sample("short", ["admin:#/*"], expiresAt: 2_000))
        #expect(try await store.addFirstToken(administrator(createdAt: 1_999)) == false)
        let first = try administrator(createdAt: 2_000, expiresAt: 3_000)
        #expect(try await store.addFirstToken(first))
        #expect(try await store.addFirstToken(administrator(createdAt: 2_999)) == false)
        #expect(try await store.addFirstToken(administrator(createdAt: 3_000)))
        let error = await #expect(throws: StoreError.self) {
            try await store.addFirstToken(.sample("some", ["admin:#/*"], createdAt: 200_000))
        }
        guard case .invalid = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    func firstTokenAgainIsAdded() async throws {
        let token = try administrator()
        for _ in 0..<2 { #expect(try await store.addFirstToken(token)) }
        #expect(try await store.tokens() == [token])
    }

    func everyFieldOfADenialComesBack() async throws {
        let first = Denial.sample("cert:spiffe://a/b", until: 1_790_000_000_000)
        let second = Denial(
            id: "d2", subject: .jti("cert:spiffe://a/b"), until: nil, createdAt: time(1_790_000_000_999),
            createdBy: "sso:zoe", comment: "\u{0}\u{1F600}")
        for denial in [first, second] { #expect(try await store.addDenial(denial, limit: 10)) }
        #expect(try await store.denials() == [first, second])
    }

    func denialIsReplaced() async throws {
        let denials = [
            Denial.sample("sso:a", until: 5_000), .sample("sso:a", createdAt: 1_001), .sample("sso:b"),
            .sample("sso:b", createdAt: 1_002, until: 9_000),
        ]
        for denial in denials { #expect(try await store.addDenial(denial, limit: 2)) }
        #expect(try await store.denials() == [denials[1], denials[3]])
    }

    func denialsAreLimited() async throws {
        let day: Int64 = 86_400_000
        #expect(try await store.addDenial(.sample("past", until: 999), limit: 2))
        #expect(try await store.addDenial(.sample("a"), limit: 2))
        #expect(try await store.addDenial(.sample("b"), limit: 2))
        #expect(try await store.addDenial(.sample("c"), limit: 2) == false)
        #expect(try await store.addDenial(.sample("b", until: 5_000), limit: 2))
        #expect(Set(try await store.denials().map(\.subject)) == [.identity("past"), .identity("a"), .identity("b")])
        #expect(try await store.addDenial(.sample("c", createdAt: 30 * day + 1_000), limit: 2))
        #expect(Set(try await store.denials().map(\.subject)) == [.identity("a"), .identity("b"), .identity("c")])
    }

    func denialIsRemoved() async throws {
        let denials = [Denial.sample("a"), .sample("b")]
        for denial in denials { #expect(try await store.addDenial(denial, limit: 10)) }
        #expect(try await store.removeDenial(denials[0].id))
        #expect(try await store.removeDenial(denials[0].id) == false)
        #expect(try await store.denials() == [denials[1]])
    }

    func everyChangeRaisesTheNumber() async throws {
        let token = try AccessToken.sample("ci")
        let denial = Denial.sample("a")
        let changes: [@Sendable () async throws -> Void] = [
            { _ = try await store.addToken(token, limit: 10) },
            { _ = try await store.addToken(token, limit: 10) },
            { _ = try await store.addFirstToken(administrator()) },
            { try await store.limitToken(token.id, to: time(2_000)) },
            { _ = try await store.revokeToken(token.id, at: time(1_500), by: "alice") },
            // An earlier call may have ended between the row and the number.
            { _ = try await store.revokeToken(token.id, at: time(1_600), by: "bob") },
            { _ = try await store.addDenial(denial, limit: 10) },
            { _ = try await store.removeDenial(denial.id) },
            { _ = try await store.removeDenial(denial.id) },
            { try await store.setAuthentication(.off) },
        ]
        var number = try await store.state().access
        for (index, change) in changes.enumerated() {
            try await change()
            let next = try await store.state().access
            #expect(next > number, "change \(index)")
            number = next
        }
    }

    func authenticationRuleIsKept() async throws {
        for rule in [AuthenticationRule.required, .off, .required] {
            _ = try await atOnce(4) { _ in try await store.setAuthentication(rule) }
            let state = try await store.state()
            #expect(state.authentication == rule)
            #expect(state == StoreState(epoch: state.epoch, authentication: rule, access: state.access))
        }
        _ = try await store.advanceEpoch(reason: "test", now: { Timestamp(milliseconds: 0) })
        try await store.setSigning(.required)
        let state = try await store.state()
        #expect(state.authentication == .required && state.signing == .required && state.epoch.number == 2)
    }

    func everyFieldOfAnEntryComesBack() async throws {
        let full = AccessLogEntry(
            at: time(1_790_000_000_999), registry: "host-1", kind: .certificate, identity: "cert:CN=Zo\u{E9}\u{0}",
            tokenID: "aaaaaaaaaaaa", address: "2001:db8::1", action: "writeDocument", subject: "parsing/prod",
            status: 403, type: "not-allowed", count: 1 << 40)
        let empty = AccessLogEntry(
            at: time(0), registry: "", kind: .store, action: "manageTokens", status: 0, type: "token-created")
        try await store.appendAccessLog([full, empty])
        #expect(try await store.accessLog(AccessLogQuery()) == AccessLogPage(entries: [full, empty]))
    }

    func entriesAreNewestFirst() async throws {
        try await store.appendAccessLog([.sample(at: 5), .sample(at: 7), .sample(at: 7, identity: "later")])
        try await store.appendAccessLog([])
        // What is reported late stands where it happened.
        try await store.appendAccessLog([.sample(at: 6), .sample(at: 8)])
        let entries = try await store.accessLog(AccessLogQuery()).entries
        #expect(entries.map(\.at.milliseconds) == [8, 7, 7, 6, 5])
        #expect(entries[1].identity == "later")
    }

    func entriesArePaged() async throws {
        let entries = (0..<25).map { AccessLogEntry.sample(at: Int64($0 / 5), identity: "i\($0)") }
        try await store.appendAccessLog(entries)
        var query = AccessLogQuery(limit: 10)
        var found: [[String?]] = []
        repeat {
            let page = try await store.accessLog(query)
            found.append(page.entries.map(\.identity))
            #expect(page.next.map { AccessLogPosition(parsing: $0) != nil } ?? true)
            query.after = page.next
            // What is new does not move what is read.
            try await store.appendAccessLog([.sample(at: 1_000)])
        } while query.after != nil
        #expect(found.map(\.count) == [10, 10, 5])
        #expect(found.flatMap(\.self) == entries.map(\.identity).reversed())
    }

    func entriesAreNarrowed() async throws {
        let entries: [AccessLogEntry] = [
            .sample(at: 10, identity: "a"), .sample(at: 20, identity: "b", action: "watch"),
            .sample(at: 30, identity: nil, type: "unauthenticated"), .sample(at: 40, identity: "a"),
        ]
        try await store.appendAccessLog(entries)
        func found(_ narrow: (inout AccessLogQuery) -> Void) async throws -> [Int64] {
            var query = AccessLogQuery()
            narrow(&query)
            return try await store.accessLog(query).entries.map(\.at.milliseconds)
        }
        #expect(try await found { $0.identity = "a" } == [40, 10])
        #expect(try await found { $0.action = "watch" } == [20])
        #expect(try await found { $0.type = "unauthenticated" } == [30])
        #expect(try await found { $0.since = time(20) } == [40, 30, 20])
        #expect(try await found { $0.until = time(20) } == [10])
        #expect(try await found { ($0.since, $0.until) = (time(20), time(40)) } == [30, 20])
        #expect(try await found { ($0.identity, $0.since) = ("a", time(11)) } == [40])
        #expect(try await found { $0.identity = "nobody" } == [])
    }

    func closedStoreRefuses() async throws {
        await store.close()
        await #expect(throws: StoreError.closed) { try await store.tokens() }
        await #expect(throws: StoreError.closed) { try await store.addToken(.sample("ci"), limit: 1) }
        await #expect(throws: StoreError.closed) { try await store.accessLog(AccessLogQuery()) }
    }
}
