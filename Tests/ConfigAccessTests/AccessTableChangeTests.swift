import ConfigAccess
import ConfigModel
import TestSupport
import Testing

@Suite("A table of identities") struct AccessTableChangeTests {
    private let now = Timestamp(milliseconds: 5_000)

    @Test func decidesAlikeWhenTokensDifferInTheirLastUseOnly() throws {
        let token = try AccessToken.sample("ci")
        var used = token
        used.lastUsedAt = now
        let table = AccessTable(tokens: [token], denials: [.sample("sso:a", id: "1")])
        #expect(table.decides(like: AccessTable(tokens: [used], denials: [.sample("sso:a", id: "1")])))
        var revoked = token
        revoked.revokedAt = now
        for other in [
            AccessTable(tokens: [revoked], denials: [.sample("sso:a", id: "1")]), AccessTable(tokens: [token]),
            AccessTable(denials: [.sample("sso:a", id: "1")]),
            AccessTable(tokens: [try .sample("ci")], denials: [.sample("sso:a", id: "1")]),
        ] {
            #expect(!table.decides(like: other) && !other.decides(like: table))
        }
    }

    @Test func takesChangesOfItsRegistryBeforeItIsReadAgain() throws {
        let text = TokenText.random()
        let token = try AccessToken.sample("ci", text: text, expiresAt: 100_000)
        var table = AccessTable()
        table.insert(token)
        table.limit(token.id, to: Timestamp(milliseconds: 6_000))
        table.limit(token.id, to: Timestamp(milliseconds: 7_000))
        #expect(table.token(token.id)?.expiresAt == Timestamp(milliseconds: 6_000))
        #expect(table.check(text, at: Timestamp(milliseconds: 6_000)) == .expired)
        table.revoke(token.id, at: now, by: "alice")
        table.revoke(token.id, at: Timestamp(milliseconds: 9_000), by: "bob")
        #expect(table.token(token.id)?.revokedBy == "alice" && table.check(text, at: now) == .revoked)
        table.revoke("unknown", at: now, by: "alice")
        #expect(table.allTokens.count == 1)
        table.insert(Denial.sample("sso:a", id: "1"))
        table.insert(Denial.sample("sso:a", id: "2"))
        table.removeDenial("1")
        #expect(table.isDenied(identity: "sso:a", jti: nil, at: now))
        table.removeDenial("2")
        #expect(table.allDenials.isEmpty && !table.isDenied(identity: "sso:a", jti: nil, at: now))
    }
}
