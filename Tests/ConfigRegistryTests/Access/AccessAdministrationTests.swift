import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

@Suite("Tokens", .timeLimit(.minutes(1)))
struct AccessAdministrationTests {
    static let now = Timestamp(milliseconds: 1_790_000_000_000)
    static let day: Int64 = 86_400_000

    let fixture = Fixture { $0.now = { AccessAdministrationTests.now } }
    let root = AccessActor(AccessAdministrationTests.principal("root", ["admin:#/*"]), address: "192.0.2.1")
    let acme = AccessActor(AccessAdministrationTests.principal("acme", ["admin:tenants.acme.#/*"]))

    static func principal(_ name: String, _ grants: [String]) -> Principal {
        Principal(kind: .token, name: name, grants: grants.compactMap { try? Grant(parsing: $0) }, tokenID: "t-\(name)")
    }

    func request(
        _ name: String, _ grants: [String], _ expiry: TokenRequest.Expiry = .standard
    ) throws -> TokenRequest {
        TokenRequest(name: name, grants: try grants.map { try Grant(parsing: $0) }, expiry: expiry)
    }

    func log() async throws -> [String] {
        try await fixture.store.accessLog(AccessLogQuery()).entries.reversed().map { "\($0.type) \($0.identity ?? "")" }
    }

    @Test func theTextOfATokenIsKeptNowhere() async throws {
        let registry = try await fixture.registry()
        let text = TokenText.random().secretText
        var wanted = try request("ci", ["reader:#/*"])
        wanted.comment = "see \(text)"
        for subject in [Denial.Subject.identity("sso:\(text)"), .jti(text)] {
            let error = await #expect(throws: AccessError.self) {
                try await registry.administration.addDenial(subject, until: nil, by: root)
            }
            #expect(error?.detail.contains(text) == false)
        }
        let error = await #expect(throws: AccessError.self) {
            try await registry.administration.createToken(wanted, by: root)
        }
        #expect(error?.detail.contains(text) == false)
        #expect(try await log() == [])
    }

    @Test func aNewTokenIsInTheStoreWithoutItsTextAndCountsHereAtOnce() async throws {
        let registry = try await fixture.registry()
        var wanted = try request("ci", ["publisher:a/prod", "reader:#/*"])
        wanted.rights = [.onBehalf]
        wanted.comment = "for the pipeline"
        let new = try await registry.administration.createToken(wanted, by: root)
        let stored = try #require(try await fixture.store.token(new.text.id))
        #expect(stored == new.token && stored.hash == new.text.hash && stored.createdBy == "root")
        #expect(stored.expiresAt?.milliseconds == Self.now.milliseconds + 90 * Self.day)
        #expect(stored.createdAt == Self.now && stored.comment == "for the pipeline" && stored.rights == [.onBehalf])
        #expect(registry.access.check(new.text, at: Self.now) == .valid(stored.principal))
        #expect(registry.access.rule == .required)
        let entry = try #require(try await fixture.store.accessLog(AccessLogQuery()).entries.first)
        #expect(entry.type == "token-created" && entry.action == "manageTokens" && entry.kind == .token)
        #expect(entry.identity == "root" && entry.address == "192.0.2.1" && entry.tokenID == "t-root")
        #expect(entry.subject == "ci/\(new.text.id)")
        #expect("\(entry)\(stored)".contains(new.text.secretText) == false)
    }

    @Test(
        arguments: [
            ("", ["reader:#/*"], .standard, "name"), ("a:b", ["reader:#/*"], .standard, "name"),
            ("cert:x", ["reader:#/*"], .standard, "name"), ("bootstrap", ["reader:#/*"], .standard, "name"),
            ("anonymous", ["reader:#/*"], .standard, "name"),
            (String(repeating: "a", count: 65), ["reader:#/*"], .standard, "name"),
            ("ci", [], .standard, "grants"), ("ci", (0..<33).map { "reader:s\($0)/*" }, .standard, "grants"),
            ("ci", ["reader:#/*"], .after(milliseconds: 0), "expires_in"),
            ("ci", ["reader:#/*"], .after(milliseconds: 366 * 86_400_000 + 1), "expires_in"),
        ] as [(String, [String], TokenRequest.Expiry, String)])
    func whatBreaksARuleIsRefusedAndNothingIsChanged(
        name: String, grants: [String], expiry: TokenRequest.Expiry, field: String
    ) async throws {
        let registry = try await fixture.registry()
        let error = await #expect(throws: AccessError.self) {
            try await registry.administration.createToken(request(name, grants, expiry), by: root)
        }
        guard case .invalid(let found, _)? = error, found == field else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await fixture.store.tokens() == [])
        #expect(try await log() == [])
        #expect(try await fixture.store.state().authentication == .optional)
    }

    @Test func aCommentHasNoControlCharactersAndIsNotLong() async throws {
        let registry = try await fixture.registry()
        for comment in ["a\u{0}b", "a\nb", String(repeating: "x", count: 1_025)] {
            var wanted = try request("ci", ["reader:#/*"])
            wanted.comment = comment
            await #expect(throws: AccessError.self) {
                try await registry.administration.createToken(wanted, by: root)
            }
        }
        #expect(try await fixture.store.tokens() == [])
    }

    @Test func anAdministratorGivesSeesAndEndsOnlyWhatIsWithinItsOwnGrantsAndSaysWhichGrantIsTooWide() async throws {
        let registry = try await fixture.registry()
        let administration = registry.administration
        let inside = try await administration.createToken(
            request("inside", ["publisher:tenants.acme.web/prod"]), by: acme)
        let outside = try await administration.createToken(request("outside", ["reader:tenants.acme2/prod"]), by: root)
        let wide = try Grant(parsing: "reader:tenants.acme2/prod")
        await #expect(throws: AccessError.notWithin(wide)) {
            try await administration.createToken(
                request("both", ["reader:tenants.acme/prod", "reader:tenants.acme2/prod"]), by: acme)
        }
        #expect(try await administration.tokens(for: acme.principal).map(\.id) == [inside.token.id])
        #expect(try await administration.tokens(for: root.principal).count == 2)
        let id = outside.token.id
        await #expect(throws: AccessError.notWithin(wide)) {
            try await administration.token(id, for: acme.principal)
        }
        await #expect(throws: AccessError.notWithin(wide)) { try await administration.revokeToken(id, by: acme) }
        await #expect(throws: AccessError.notWithin(wide)) { try await administration.rotateToken(id, by: acme) }
        #expect(registry.access.check(outside.text, at: Self.now) == .valid(outside.token.principal))
        #expect(try await administration.revokeToken(inside.token.id, by: acme))
    }

    @Test func onlyAnAdministratorOfEverythingMakesATokenWithoutEnd() async throws {
        let registry = try await fixture.registry()
        let error = await #expect(throws: AccessError.self) {
            try await registry.administration.createToken(
                request("ci", ["reader:tenants.acme/*"], .never), by: acme)
        }
        #expect(error?.detail.contains("admin:#/*") == true)
        let new = try await registry.administration.createToken(request("ci", ["reader:#/*"], .never), by: root)
        #expect(new.token.expiresAt == nil)
    }

    @Test func whoAdministersNothingAndWhoCameWithoutACredentialDoesNothing() async throws {
        let administration = try await fixture.registry().administration
        let reader = AccessActor(Self.principal("reader", ["reader:#/*", "auditor:#/*", "relay:#/*"]))
        for actor in [reader, AccessActor(.anonymous), AccessActor(.loopback)] {
            let calls: [() async throws -> Void] = [
                { _ = try await administration.createToken(request("ci", ["reader:#/*"]), by: actor) },
                { _ = try await administration.tokens(for: actor.principal) },
                { _ = try await administration.token("aaaaaaaaaaaa", for: actor.principal) },
                { _ = try await administration.revokeToken("aaaaaaaaaaaa", by: actor) },
                { _ = try await administration.rotateToken("aaaaaaaaaaaa", by: actor) },
                { _ = try await administration.addDenial(.jti("1"), until: nil, by: actor) },
                { _ = try await administration.denials(for: actor.principal) },
                { try await administration.removeDenial("1", by: actor) },
            ]
            for call in calls {
                let error = await #expect(throws: AccessError.self) { try await call() }
                guard case .refused? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
        }
        #expect(try await log() == [])
    }

    @Test func aNameStaysWithItsGrants() async throws {
        let administration = try await fixture.registry().administration
        let first = try await administration.createToken(request("ci", ["reader:#/*"]), by: root)
        #expect(try await administration.revokeToken(first.token.id, by: root))
        let error = await #expect(throws: AccessError.self) {
            try await administration.createToken(request("ci", ["admin:#/*"]), by: root)
        }
        #expect(error?.detail.contains("reader:#/*") == true)
        _ = try await administration.createToken(request("ci", ["reader:#/*"]), by: root)
        #expect(try await log().contains("token-created-failed root"))
    }

    @Test func aRevokedTokenIsRefusedHereWhenTheCallReturnsRevokingItAgainChangesNothing() async throws {
        let registry = try await fixture.registry()
        let new = try await registry.administration.createToken(request("ci", ["reader:#/*"]), by: root)
        // A registry that has not read the store since.
        let other = try await fixture.registry()
        let generation = other.access.generation
        #expect(try await other.administration.revokeToken(new.token.id, by: root))
        #expect(other.access.check(new.text, at: Self.now) == .revoked && other.access.generation > generation)
        #expect(try await other.administration.revokeToken(new.token.id, by: acme2()) == false)
        await #expect(throws: AccessError.unknownToken("aaaaaaaaaaaa")) {
            try await other.administration.revokeToken("aaaaaaaaaaaa", by: root)
        }
        #expect(try await fixture.store.token(new.token.id)?.revokedBy == "root")
    }

    private func acme2() -> AccessActor { AccessActor(Self.principal("second", ["admin:#/*"])) }

    @Test func aRotatedTokenHasASuccessorWithItsNameGrantsRightsAndLifeAndEndsAfterTheGrace() async throws {
        let registry = try await fixture.registry()
        var wanted = try request("ci", ["reader:#/*"], .after(milliseconds: Self.day))
        wanted.rights = [.onBehalf]
        let old = try await registry.administration.createToken(wanted, by: root)
        let new = try await registry.administration.rotateToken(old.token.id, by: root)
        #expect(new.token.name == "ci" && new.token.grants == old.token.grants && new.token.rights == [.onBehalf])
        #expect(new.token.id != old.token.id)
        #expect(new.token.expiresAt?.milliseconds == Self.now.milliseconds + Self.day)
        func check(_ token: NewToken, after milliseconds: Int64) -> AccessTable.Check {
            registry.access.check(token.text, at: Timestamp(milliseconds: Self.now.milliseconds + milliseconds))
        }
        guard case .valid = check(old, after: 3_599_999), case .valid = check(new, after: 3_600_000) else {
            Issue.record("one of both does not count")
            return
        }
        #expect(check(old, after: 3_600_000) == .expired)
        for grace in [-1, 7 * Self.day + 1] {
            await #expect(throws: AccessError.self) {
                try await registry.administration.rotateToken(new.token.id, grace: grace, by: root)
            }
        }
        #expect(try await registry.administration.revokeToken(new.token.id, by: root))
        await #expect(throws: AccessError.endedToken(new.token.id)) {
            try await registry.administration.rotateToken(new.token.id, by: root)
        }
    }

    @Test(arguments: ["create", "revoke", "rotate", "deny", "allow"])
    func whatCannotBeLoggedIsNotDone(act: String) async throws {
        let registry = try await fixture.registry()
        let administration = registry.administration
        let token = try await administration.createToken(request("ci", ["reader:#/*"]), by: root)
        let denial = try await administration.addDenial(.identity("sso:a"), until: nil, by: root)
        let (tokens, denials) = (try await fixture.store.tokens(), try await fixture.store.denials())
        fixture.store.control.isLogFull = true
        let error = await #expect(throws: AccessError.self) {
            switch act {
            case "create": _ = try await administration.createToken(request("b", ["reader:#/*"]), by: root)
            case "revoke": _ = try await administration.revokeToken(token.token.id, by: root)
            case "rotate": _ = try await administration.rotateToken(token.token.id, by: root)
            case "deny": _ = try await administration.addDenial(.jti("1"), until: nil, by: root)
            default: try await administration.removeDenial(denial.id, by: root)
            }
        }
        guard case .store? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try await fixture.store.tokens() == tokens)
        #expect(try await fixture.store.denials() == denials)
        #expect(registry.access.check(token.text, at: Self.now) == .valid(token.token.principal))
    }

    @Test func aRelayLearnsWhoseTokenATextIsAndNothingOfOneThatDoesNotCount() async throws {
        let registry = try await fixture.registry()
        let relay = Self.principal("relay", ["relay:#/*"])
        let new = try await registry.administration.createToken(request("ci", ["reader:#/*"]), by: root)
        // The registry that is asked did not make it.
        let other = try await fixture.registry().administration
        #expect(try await other.checkToken(new.text.secretText, by: relay) == new.token.principal)
        for text in ["", "cbt_x", TokenText.random().secretText] {
            await #expect(throws: AccessError.notAToken) { try await other.checkToken(text, by: relay) }
        }
        _ = try await other.revokeToken(new.token.id, by: root)
        await #expect(throws: AccessError.notAToken) { try await other.checkToken(new.text.secretText, by: relay) }
        await #expect(throws: AccessError.self) {
            try await other.checkToken(new.text.secretText, by: Self.principal("a", ["reader:#/*"]))
        }
    }
}
