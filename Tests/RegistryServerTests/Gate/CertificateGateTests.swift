import ConfigAccess
import ConfigModel
import HTTPTypes
import RegistryAPI
import TestSupport
import Testing

@testable import RegistryServer

/// The certificate of a connection is its credential where a request brings none.
@Suite(.timeLimit(.minutes(1))) struct CertificateGateTests {
    private static let entries = #"[{"uri":"spiffe://parser","identity":"parser","grants":["reader:#/*"]}]"#
    private let token = TokenText.random()
    private let file = IssuerFile()

    private func gate() throws -> (CredentialGate, TableIdentities) {
        let identities = TableIdentities([try TableIdentities.token(token, name: "ci", ["publisher:mine/prod"])])
        let foreign = try file.identities(certificates: Self.entries)
        return (CredentialGate(identities, foreign: foreign, isAlwaysRequired: true), identities)
    }

    private func connection(_ uri: String = "spiffe://parser", endsIn seconds: Int64 = 60) -> ClientConnection {
        let end = Timestamp.now.milliseconds / 1_000 + seconds
        return ClientConnection(
            address: "10.0.0.1",
            certificate: ClientCertificate(uris: [uri], hasAlternativeNames: true, notAfter: end))
    }

    private func head(_ credential: String? = nil, path: String = "/api/configs") -> HTTPRequest {
        var head = HTTPRequest(method: .get, scheme: "https", authority: "registry", path: path)
        if let credential { head.headerFields[.authorization] = credential }
        return head
    }

    private func principal(_ decision: Admission.Decision) -> Principal? {
        if case .admitted(let principal) = decision { principal } else { nil }
    }

    private func refusal(_ decision: Admission.Decision) -> ProblemType? {
        if case .refused(let problem) = decision { problem.type } else { nil }
    }

    @Test func aCertificateIsACredential() throws {
        let (gate, _) = try gate()
        let connection = connection()
        for _ in 0..<2 {
            let found = try #require(principal(gate.admit(head(), on: connection)))
            #expect(found.name == "cert:parser" && found.grants.map(\.description) == ["reader:#/*"])
        }
        let other = try #require(principal(gate.admit(head(), on: self.connection("spiffe://else"))))
        #expect(other.name == "cert:unmapped/spiffe://else" && other.grants.isEmpty)
        #expect(throws: Problem.self) { try gate.permit(.listDocuments, on: .registry, to: other) }
        #expect(refusal(gate.admit(head(), on: ClientConnection(address: nil))) == .unauthenticated)
    }

    @Test func aCredentialInTheRequestGoesBeforeAndGrantsOfTwoAreNotAdded() async throws {
        let (gate, _) = try gate()
        let connection = connection()
        #expect(principal(gate.admit(head(), on: connection))?.name == "cert:parser")
        let byToken = try #require(principal(gate.admit(head("Bearer \(token.secretText)"), on: connection)))
        #expect(byToken.name == "ci" && byToken.grants.map(\.description) == ["publisher:mine/prod"])
        let jwt = head("Bearer \(file.token("bob", ""))")
        guard case .undecided = gate.admit(jwt, on: connection) else {
            Issue.record("a JWT that was never verified is decided on the event loop")
            return
        }
        let byJWT = try await gate.lookUp(jwt, on: connection)
        #expect(byJWT.name == "sso:bob" && byJWT.grants.isEmpty)
        #expect(principal(gate.admit(jwt, on: self.connection()))?.name == "sso:bob")
        // One that does not count is not made good by the certificate, nor is an empty one.
        for credential in ["Bearer x", "", "Bearer ", "Basic x", "Bearer \(TokenText.random().secretText)x"] {
            #expect(refusal(gate.admit(head(credential), on: connection)) == .unauthenticated, "\(credential)")
        }
        #expect(principal(gate.admit(head(), on: connection))?.name == "cert:parser")
    }

    @Test func aCertificateThatHasEndedCountsNoMore() throws {
        let (gate, _) = try gate()
        let connection = connection(endsIn: -2)
        #expect(refusal(gate.admit(head(), on: connection)) == .unauthenticated)
        #expect(principal(gate.admit(head(path: "/health/live"), on: connection))?.kind == Principal.Kind.none)
    }

    @Test func aDeniedCertificateCountsNoMore() throws {
        let (gate, identities) = try gate()
        let connection = connection()
        let found = try #require(principal(gate.admit(head(), on: connection)))
        let denial = Denial(
            id: "1", subject: .identity("cert:parser"), until: nil, createdAt: .now, createdBy: "test")
        identities.replace([], denials: [denial])
        #expect(refusal(gate.admit(head(), on: connection)) == .unauthenticated)
        #expect(gate.standing(of: found) == .revoked)
    }

    @Test func whereCertificatesAreNoIdentitiesTheySayNothing() throws {
        let gate = CredentialGate(TableIdentities(), foreign: try file.identities(), isAlwaysRequired: true)
        #expect(refusal(gate.admit(head(), on: connection())) == .unauthenticated)
    }

    @Test func aSettingsFileThatCannotBeUsedIsRefusedAtTheStart() {
        let broken = IssuerFile()
        broken.write("[]")
        #expect(throws: UnusableSettings.self) { try broken.identities() }
    }
}
