import ConfigAccess
import ConfigModel
import HTTPTypes
import HummingbirdTesting
import RegistryAPI
import Synchronization
import TestSupport
import Testing

@testable import RegistryServer

/// Limits of identities and addresses, at a server whose clock the test holds.
@Suite(.timeLimit(.minutes(2))) struct LimitTests {
    /// Stands still until it is set.
    private final class Clock: Sendable {
        private let time = Atomic<Int64>(1)
        var now: Int64 { time.load(ordering: .relaxed) }
        func advance(seconds: Int64) { time.add(seconds * 1_000_000_000, ordering: .relaxed) }
    }

    private static func limits(
        _ rates: [RequestClass: String], openStreams: Int? = nil, clock: Clock = Clock()
    ) -> RequestLimits {
        var limits = AccessLimits()
        for (requestClass, rate) in rates { limits[requestClass] = Rate(parsing: rate) }
        if let openStreams { limits.openStreams = openStreams }
        return RequestLimits(limits) { clock.now }
    }

    @Test func theEleventhWriteIsRefusedUntilItsTimeHasComeAndOthersAreNot() async throws {
        let clock = Clock()
        try await AccessServer.run(limits: Self.limits([.write: "5/10"], clock: clock)) { server in
            let (ci, other) = (try await server.token("publisher:#/*"), try await server.token("publisher:#/*"))
            for number in 0..<10 {
                let answer = try await server.call(
                    .post, "/api/configs/s\(number)", #"{"config_data":{}}"#, token: ci.text)
                #expect(answer.status == 201, "\(number)")
            }
            let refused = try await server.call(.post, "/api/configs/s10", #"{"config_data":{}}"#, token: ci.text)
            #expect(refused.status == 429 && refused.problem == "rate-limited")
            #expect(refused.header("Retry-After") == "1" && refused.detail.contains("5 a second"))
            #expect(try await server.get("/api/configs/s10", token: ci.text).status == 404)
            #expect(
                try await server.call(.post, "/api/configs/o", #"{"config_data":{}}"#, token: other.text).status == 201)
            clock.advance(seconds: 1)
            #expect(
                try await server.call(.post, "/api/configs/s10", #"{"config_data":{}}"#, token: ci.text).status == 201)
        }
    }

    @Test func aValidationCountsAsFourReads() async throws {
        try await AccessServer.run(limits: Self.limits([.read: "1/8"])) { server in
            let reader = try await server.token("reader:s/*")
            for status in [200, 200, 429] {
                let answer = try await server.call(
                    .post, "/api/configs/s/validate", #"{"config_data":{"n":1}}"#, token: reader.text)
                #expect(answer.status == status)
            }
        }
    }

    @Test func readsFromMemoryAreLimitedLikeThoseOfTheRouter() async throws {
        let clock = Clock()
        try await AccessServer.run(.live, limits: Self.limits([.read: "100/100"], clock: clock)) { server in
            let reader = try await server.token("reader:s/*")
            _ = try await server.call(.post, "/api/configs/s", #"{"config_data":{"n":1}}"#)
            for _ in 0..<2 {
                var answers: [Int: Int] = [:]
                for _ in 0..<103 {
                    answers[try await server.get("/api/configs/s", token: reader.text).status, default: 0] += 1
                }
                #expect(answers == [200: 100, 429: 3])
                clock.advance(seconds: 1)
            }
        }
    }

    @Test func tokensOfOneNameAreOneIdentity() async throws {
        try await AccessServer.run(limits: Self.limits([.costly: "1/2"])) { server in
            let first = try await server.token("reader:#/*", name: "ci")
            let second = try await server.token("reader:#/*", name: "ci")
            #expect(try await server.get("/api/configs", token: first.text).status == 200)
            #expect(try await server.get("/api/configs", token: second.text).status == 200)
            #expect(try await server.get("/api/configs", token: first.text).status == 429)
        }
    }

    @Test func aBatchCountsAnEighthForEachOfItsDocuments() async throws {
        try await AccessServer.run(limits: Self.limits([.read: "1/5"])) { server in
            let reader = try await server.token("reader:#/*")
            func batch(_ count: Int) async throws -> Int {
                let documents = (0..<count).map { #"{"service_name":"s\#($0)"}"# }.joined(separator: ",")
                return try await server.call(
                    .post, "/api/configs:batchGet", #"{"documents":[\#(documents)]}"#, token: reader.text
                ).status
            }
            #expect(try await batch(32) == 200)
            #expect(try await batch(9) == 429)
            #expect(try await batch(8) == 200)
            #expect(try await batch(1) == 429)
        }
    }

    @Test func whatIsNotPermittedCostsNothing() async throws {
        try await AccessServer.run(limits: Self.limits([.read: "1/1"])) { server in
            let reader = try await server.token("reader:a/*")
            for _ in 0..<5 { #expect(try await server.get("/api/configs/b", token: reader.text).status == 403) }
            #expect(try await server.get("/api/configs/a", token: reader.text).status == 404)
            #expect(try await server.get("/api/configs/b", token: reader.text).status == 403)
            #expect(try await server.get("/api/configs/a", token: reader.text).status == 429)
        }
    }

    @Test func openStreamsOfAnIdentityAreLimited() throws {
        let limits = Self.limits([:], openStreams: 1)
        let principal = Principal(kind: .token, name: "ci", grants: [])
        let access = Access(gate: Limited(limits: limits), principal: principal, action: .watch)
        let open = try access.openStream()
        let refusal = #expect(throws: Problem.self) { try access.openStream() }
        #expect(refusal?.type == .rateLimited)
        #expect(open != nil)
        let other = Access(
            gate: Limited(limits: limits), principal: Principal(kind: .token, name: "other", grants: []), action: .watch
        )
        #expect(try other.openStream() != nil)
    }

    @Test func withoutAuthenticationNothingIsLimited() throws {
        let limits = Self.limits([.read: "1/1"])
        for _ in 0..<10 {
            #expect(limits.take(.read, of: .loopback, on: nil) == nil)
            #expect(limits.take(.read, of: .anonymous, on: nil) == nil)
        }
    }

    private struct Limited: RequestGate {
        let limits: RequestLimits?
        func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
            .admitted(.anonymous)
        }
        func permit(_ action: Action, on scope: ActionScope, to principal: Principal) {}
    }

    @Test func credentialsThatDoNotCountAreRefusedByAddressAndKnownOnesAreNot() async throws {
        let clock = Clock()
        try await AccessServer.run(.live, limits: Self.limits([.failed: "1/4"], clock: clock)) { server in
            func status(_ token: String) async throws -> Int {
                try await server.get("/api/access", token: token).status
            }
            for number in 0..<4 {
                #expect(try await status(number % 2 == 0 ? "x" : TokenText.random().secretText) == 401)
            }
            #expect(try await status("x") == 429)
            #expect(try await status(TokenText.random().secretText) == 429)
            #expect(try await status(server.admin) == 200)
            let open = try await server.get("/health", token: TokenText.random().secretText)
            #expect(open.status == 200)
            clock.advance(seconds: 1)
            #expect(try await status("x") == 401)
            #expect(try await status("x") == 429)
        }
    }

    @Test func aTokenThatIsKnownIsLetInHoweverManyFailed() throws {
        let (valid, wrong) = (TokenText.random(), TokenText.random())
        var other = try TableIdentities.token(wrong, ["reader:#/*"])
        other = AccessToken(
            id: other.id, hash: TokenText.random().hash, name: "other", grants: other.grants,
            createdAt: other.createdAt,
            createdBy: "test", expiresAt: nil)
        let gate = LimitedGate(
            CredentialGate(
                TableIdentities([try TableIdentities.token(valid, ["reader:#/*"]), other]), isAlwaysRequired: true),
            Self.limits([.failed: "1/2"]))
        func status(_ text: TokenText, _ address: String = "192.0.2.1") -> Int {
            let head = HTTPRequest(
                method: .get, scheme: nil, authority: "x", path: "/api/configs",
                headerFields: [.authorization: "Bearer \(text.secretText)"])
            switch gate.admit(head, on: ClientConnection(address: address)) {
            case .admitted: return 200
            case .refused(let problem): return problem.status
            case .undecided: return 0
            }
        }
        #expect((0..<4).map { _ in status(wrong) } == [401, 401, 429, 429])
        #expect(status(TokenText.random()) == 429 && status(valid) == 200)
        #expect(status(TokenText.random(), "192.0.2.2") == 0)
    }
}
