import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

@Suite("Denials and the access log", .timeLimit(.minutes(1)))
struct DenialTests {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)

    let fixture = Fixture { $0.now = { DenialTests.now } }
    let root = AccessActor(Principal(kind: .token, name: "root", grants: [.administrator]))

    @Test func aDenialCountsHereWhenTheCallReturnsUntilItsEndOrUntilItIsRemoved() async throws {
        let registry = try await fixture.registry()
        let end = Timestamp(milliseconds: Self.now.milliseconds + 1_000)
        let denial = try await registry.administration.addDenial(
            .identity("sso:alice"), until: end, comment: "lost her laptop", by: root)
        #expect(try await registry.administration.denials(for: root.principal) == [denial])
        #expect(registry.access.isDenied(identity: "sso:alice", jti: nil, at: Self.now))
        #expect(!registry.access.isDenied(identity: "sso:alice", jti: nil, at: end))
        let jti = try await registry.administration.addDenial(.jti("id-1"), until: nil, by: root)
        #expect(registry.access.isDenied(identity: "sso:bob", jti: "id-1", at: Self.now))
        try await registry.administration.removeDenial(jti.id, by: root)
        #expect(!registry.access.isDenied(identity: "sso:bob", jti: "id-1", at: Self.now))
        await #expect(throws: AccessError.unknownDenial(jti.id)) {
            try await registry.administration.removeDenial(jti.id, by: root)
        }
    }

    @Test(
        arguments: [
            (.identity(""), nil), (.identity("ci"), nil), (.identity("sso:"), nil), (.identity(":a"), nil),
            (.identity("sso:a b"), nil), (.identity("s o:a"), nil), (.identity("sso:é"), nil), (.identity("a b"), nil),
            (.jti(""), nil), (.jti("a\u{0}"), nil),
            (.jti(String(repeating: "x", count: 513)), nil), (.jti("1"), now),
        ] as [(Denial.Subject, Timestamp?)])
    func whatCannotBeDeniedIsRefused(subject: Denial.Subject, until: Timestamp?) async throws {
        let administration = try await fixture.registry().administration
        await #expect(throws: AccessError.self) { try await administration.addDenial(subject, until: until, by: root) }
        #expect(try await fixture.store.denials() == [])
    }

    @Test(arguments: ["sso:alice", "cert:spiffe://example/parser", "cert:unmapped/My Name", "cluster:system:a:b"])
    func whatAnIdentityCanBeCalledIsDenied(name: String) async throws {
        let registry = try await fixture.registry()
        _ = try await registry.administration.addDenial(.identity(name), until: nil, by: root)
        #expect(registry.access.isDenied(identity: name, jti: nil, at: Self.now))
    }

    @Test func theLogIsReadByThoseWhoMayPageByPage() async throws {
        let administration = try await fixture.registry().administration
        try await administration.append((0..<5).map { .sample(at: $0) })
        try await administration.log("backup", .readAccessLog, subject: "all", by: root)
        let auditor = Principal(kind: .token, name: "a", grants: [try .sample("auditor:#/*")])
        var query = AccessLogQuery(limit: 4)
        let page = try await administration.accessLog(query, for: auditor)
        #expect(page.entries.map(\.type) == ["backup", "not-allowed", "not-allowed", "not-allowed"])
        query.after = page.next
        #expect(try await administration.accessLog(query, for: auditor).entries.map(\.at.milliseconds) == [1, 0])
        query.after = "x"
        await #expect(throws: AccessError.self) { try await administration.accessLog(query, for: auditor) }
        let reader = Principal(kind: .token, name: "r", grants: [try .sample("auditor:a/*")])
        await #expect(throws: AccessError.self) { try await administration.accessLog(AccessLogQuery(), for: reader) }
    }
}

@Suite("The first token", .timeLimit(.minutes(1)))
struct FirstTokenTests {
    let fixture = Fixture()

    @Test func isMadeByOneOfSeveralRegistriesLivesForADayAndAdministersEverything() async throws {
        let made = try await withThrowingTaskGroup(of: AccessToken?.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await FirstToken(store: fixture.store, registry: "r\(number)").addIfNoneLives(.random())
                }
            }
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        let token = try #require(made.first)
        #expect(made.count == 1 && token.grants == [.administrator] && token.name == "bootstrap")
        #expect(token.expiresAt?.milliseconds == token.createdAt.milliseconds + FirstToken.life)
        #expect(try await fixture.store.tokens() == [token])
    }

    @Test func isMadeAgainAtTheStoreWhateverTokensThereAreAndSaysWhoElseAdministersEverything() async throws {
        let first = FirstToken(store: fixture.store, registry: "r")
        #expect(try await first.add(.random()).others == [])
        let second = try await first.add(.random())
        #expect(second.others.count == 1)
        #expect(try await first.addIfNoneLives(.random()) == nil)
        let entries = try await fixture.store.accessLog(AccessLogQuery()).entries
        #expect(entries.count == 2)
        #expect(entries.allSatisfy { $0.kind == .store && $0.type == "token-bootstrapped" })
    }
}
