import ConfigModel
import RegistryAPI
import Testing

/// Responses about identities: what a server writes is what a client reads.
@Suite struct AccessResponseTests {
    private static let moment = Timestamp(milliseconds: 1_795_000_000_123)

    private static func token(_ status: TokenFacts.Status = .active) -> TokenFacts {
        var token = TokenFacts(
            id: "abc012abc012", name: "ci", grants: ["admin:#/*", "reader:a.#/prod"], rights: ["on_behalf"],
            status: status, createdAt: moment, createdBy: "bootstrap", expiresAt: moment, comment: "é\n")
        if status == .revoked { (token.revokedAt, token.revokedBy, token.lastUsedAt) = (moment, "ann", moment) }
        return token
    }

    @Test(arguments: TokenFacts.Status.allCases) func tokens(_ status: TokenFacts.Status) throws {
        var token = Self.token(status)
        #expect(try TokenFacts(token.jsonBytes) == token)
        token.expiresAt = nil
        (token.grants, token.rights) = ([], [])
        #expect(try TokenFacts.list(TokenFacts.jsonBytes([token, Self.token()])) == [token, Self.token()])
        #expect(try TokenFacts.list(TokenFacts.jsonBytes([])).isEmpty)
    }

    @Test func onlyTheBodyOfANewTokenHasItsText() throws {
        let issued = IssuedToken(Self.token(), secretText: "cbt_secret")
        #expect(try IssuedToken(issued.jsonBytes) == issued)
        #expect(!"\(issued) \(String(reflecting: issued))".contains("secret"))
        #expect(!String(decoding: issued.facts.jsonBytes, as: UTF8.self).contains("secret"))
        #expect(throws: InvalidResponse.self) { try IssuedToken(issued.facts.jsonBytes) }
    }

    @Test(arguments: [nil, moment]) func identities(_ end: Timestamp?) throws {
        for identity in [
            IdentityFacts(
                identity: "acme:user", kind: "jwt", tokenID: "7", grants: ["reader:#/*"], rights: [], expiresAt: end),
            IdentityFacts(
                identity: "ci", kind: "token", tokenID: nil, grants: [], rights: ["on_behalf"], expiresAt: end),
        ] {
            #expect(try IdentityFacts(identity.jsonBytes) == identity)
        }
    }

    @Test(arguments: [DenialRequest.Subject.identity("cert:x"), .jti("7")], [nil, moment])
    func denials(_ subject: DenialRequest.Subject, _ until: Timestamp?) throws {
        let denial = DenialFacts(
            id: "x", subject: subject, until: until, createdAt: Self.moment, createdBy: "ann", comment: "")
        #expect(try DenialFacts(denial.jsonBytes) == denial)
        #expect(try DenialFacts.list(DenialFacts.jsonBytes([denial, denial])) == [denial, denial])
    }

    @Test func accessLogs() throws {
        var refusal = AccessLogLine(
            at: Self.moment, registry: "a", kind: "none", action: "readDocument", status: 401, type: "unauthenticated",
            count: 7)
        refusal.address = "192.0.2.1"
        refusal.key = "a/prod"
        var act = AccessLogLine(
            at: Self.moment, registry: "a", kind: "token", action: "manageTokens", status: 201, type: "token-created",
            count: 1)
        act.identity = "ci"
        act.tokenID = "abc012abc012"
        #expect(try AccessLogLine.list(AccessLogLine.jsonBytes([refusal, act])) == [refusal, act])
    }

    @Test(arguments: [true, false]) func revocations(_ isDone: Bool) throws {
        for member in [Revocation.revoked, Revocation.removed] {
            let body = Revocation.jsonBytes(member, isDone)
            #expect(String(decoding: body, as: UTF8.self) == #"{"\#(member)":\#(isDone ? 1 : 0)}"#)
            #expect(try Revocation.read(member, body) == isDone)
        }
    }

    @Test(arguments: ["{}", "[]", "", #"{"id":7}"#]) func whatIsNoneIsRefused(_ body: String) {
        let body = Array(body.utf8)
        #expect(throws: InvalidResponse.self) { try TokenFacts(body) }
        #expect(throws: InvalidResponse.self) { try IdentityFacts(body) }
        #expect(throws: InvalidResponse.self) { try DenialFacts(body) }
        #expect(throws: InvalidResponse.self) { try Revocation.read(Revocation.revoked, body) }
    }
}
