import ConfigAccess
import ConfigModel
import Testing

@Suite("The table of identities lets in from memory")
struct AccessTableTests {
    private let now = Timestamp(milliseconds: 1_700_000_000_000)
    private let text = TokenText.random()

    private func token(
        expires: Int64? = 1_000, revoked: Bool = false, grants: [Grant] = [.administrator]
    ) -> AccessToken {
        var token = AccessToken(
            id: text.id, hash: text.hash, name: "ci", grants: grants, createdAt: now, createdBy: "admin",
            expiresAt: expires.map { Timestamp(milliseconds: now.milliseconds + $0) })
        if revoked { token.revokedAt = now }
        return token
    }

    @Test func aLivingTokenProvesItsIdentity() {
        let table = AccessTable(tokens: [token()])
        #expect(table.check(text, at: now) == .valid(token().principal))
        #expect(table.check(text, at: Timestamp(milliseconds: now.milliseconds + 1_000)) == .expired)
        #expect(
            AccessTable(tokens: [token(expires: nil)]).check(text, at: now) == .valid(token(expires: nil).principal))
    }

    @Test func onlyTheHolderOfTheSecretLearnsThatATokenHasEnded() {
        #expect(AccessTable(tokens: [token(revoked: true)]).check(text, at: now) == .revoked)
        var other = token(revoked: true)
        other = AccessToken(
            id: text.id, hash: [UInt8](repeating: 1, count: 32), name: other.name, grants: other.grants, createdAt: now,
            createdBy: "admin", expiresAt: nil)
        #expect(AccessTable(tokens: [other]).check(text, at: now) == .wrong)
        #expect(AccessTable().check(text, at: now) == .unknown)
    }

    @Test func whatWasLetInIsComparedWithTheTableAgain() {
        let principal = token().principal
        #expect(AccessTable(tokens: [token()]).standing(of: principal, at: now) == .valid)
        #expect(AccessTable(tokens: [token(revoked: true)]).standing(of: principal, at: now) == .revoked)
        #expect(AccessTable().standing(of: principal, at: now) == .revoked)
        #expect(AccessTable(tokens: [token(expires: 0)]).standing(of: principal, at: now) == .expired)
        #expect(AccessTable(tokens: [token(grants: [])]).standing(of: principal, at: now) == .changed)
    }

    @Test func aDenialRevokesWhatTheRegistryDidNotIssue() {
        func denial(_ subject: Denial.Subject, until: Int64? = nil) -> Denial {
            Denial(
                id: "1", subject: subject, until: until.map { Timestamp(milliseconds: now.milliseconds + $0) },
                createdAt: now, createdBy: "admin")
        }
        let principal = Principal(kind: .jwt, name: "sso:alice", grants: [], tokenID: "j1")
        for subject in [Denial.Subject.identity("sso:alice"), .jti("j1")] {
            #expect(AccessTable(denials: [denial(subject)]).standing(of: principal, at: now) == .revoked)
            #expect(AccessTable(denials: [denial(subject, until: 0)]).standing(of: principal, at: now) == .valid)
        }
        #expect(AccessTable(denials: [denial(.jti("j2"))]).standing(of: principal, at: now) == .valid)
    }
}
