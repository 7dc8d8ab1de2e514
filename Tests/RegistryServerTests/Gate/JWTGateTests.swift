import ConfigAccess
import ConfigModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// JWTs of other issuers are let in by the same gate as tokens, on each way through the server.
@Suite(.timeLimit(.minutes(2))) struct JWTGateTests {
    private let file = IssuerFile()

    private func run(
        _ test: @escaping @Sendable (any TestClientProtocol, TableIdentities, ForeignIdentities) async throws -> Void
    ) async throws {
        let (identities, foreign) = (TableIdentities(), try file.identities())
        let gate = CredentialGate(identities, foreign: foreign, isAlwaysRequired: true)
        try await TestServer.run(.live, headLifetime: .seconds(60), gate: gate) { client in
            try await test(client, identities, foreign)
        }
    }

    private func create(_ client: any TestClientProtocol) async throws {
        let answer = try await client.call(.post, "/api/configs/s", #"{"config_data":{}}"#, headers: file.header())
        #expect(answer.status == 201)
    }

    @Test func aTokenThatCountsIsLetInOnEachWay() async throws {
        try await run { client, _, _ in
            try await create(client)
            let header = file.header()
            // The first is verified, the others are remembered; the last of them by memory of heads too.
            for path in ["/api/configs", "/api/configs/s", "/api/configs/s", "/api/configs/s/history"] {
                #expect(try await client.get(path, headers: header).status == 200)
            }
            #expect(try await client.call(.head, "/api/configs/s", headers: header).status == 200)
            // Another connection, which was never sent this token.
            try await RawConnection.run(port: client.port) { connection in
                let line = "Authorization: bEARER \(header["Authorization", default: ""].dropFirst(7))\r\n"
                for _ in 0..<2 { try await connection.write("GET /api/configs/s HTTP/1.1\r\nHost: x\r\n\(line)\r\n") }
                for _ in 0..<2 {
                    let head = try await connection.read(through: "\r\n\r\n")
                    #expect(head.hasPrefix("HTTP/1.1 200 "))
                    let length = try #require(head.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.1) })
                    _ = try await connection.read(count: length)
                }
            }
        }
    }

    @Test func aTokenThatDoesNotCountIsRefusedOnEachWay() async throws {
        try await run { client, _, _ in
            try await create(client)
            let good = file.token()
            let parts = good.split(separator: ".").map(String.init)
            let payload = #"{"iss":"https://sso","aud":"configbus","sub":"alice","exp":1,"groups":["dev"]}"#
            let bad = [
                file.token(lifetime: -31), file.token(lifetime: 90_000), JWTSigner.es256().token(payload),
                file.signer.token(payload, header: #"{"alg":"none","kid":"es"}"#), "\(parts[0]).\(parts[1]).",
                "\(parts[0])=.\(parts[1]).\(parts[2])", "a.b.c", "..", "\(good)x",
                good + String(repeating: "A", count: 9_000),
            ]
            for token in bad {
                for path in ["/api/configs/s", "/api/configs", "/api/watch", "/nothing"] {
                    let answer = try await client.get(path, headers: ["Authorization": "Bearer \(token)"])
                    #expect(answer.problem == "unauthenticated", "\(path) \(token.prefix(60))")
                    #expect(answer.header("WWW-Authenticate")?.contains("invalid_token") == true)
                    #expect(!answer.text.contains(parts[2]))
                }
                let probe = try await client.get("/health/live", headers: ["Authorization": "Bearer \(token)"])
                #expect(probe.status == 200)
            }
        }
    }

    @Test func onlyTheHolderOfASignedTokenLearnsWhatIsWrongWithIt() async throws {
        try await run { client, _, _ in
            let forged = JWTSigner.es256().token(#"{"iss":"https://sso","aud":"configbus","sub":"alice","exp":1}"#)
            var details: [String] = []
            for token in [file.token(lifetime: -60), forged, "a.b.c"] {
                let answer = try await client.get("/api/configs", headers: ["Authorization": "Bearer \(token)"])
                details.append(answer.detail)
            }
            #expect(details[0].contains("expired") && !details[1].contains("expired"))
            #expect(details[1] == details[2])
        }
    }

    @Test func aTokenWithoutRuleIsAnIdentityThatMayDoNothing() async throws {
        try await run { client, _, _ in
            try await create(client)
            let answer = try await client.get("/api/configs/s", headers: file.header("bob", ""))
            #expect(answer.status == 403 && answer["identity"] == "sso:bob")
        }
    }

    @Test(arguments: [Denial.Subject.identity("sso:alice"), .jti("7")])
    func aDeniedTokenIsRefusedAlthoughItIsRemembered(_ subject: Denial.Subject) async throws {
        try await run { client, identities, _ in
            try await create(client)
            let header = file.header("alice", #","groups":"dev","jti":"7""#)
            for _ in 0..<2 { #expect(try await client.get("/api/configs/s", headers: header).status == 200) }
            let now = Timestamp.now
            let denial = Denial(id: "1", subject: subject, until: nil, createdAt: now, createdBy: "test")
            identities.replace([], denials: [denial])
            let answer = try await client.get("/api/configs/s", headers: header)
            #expect(answer.problem == "unauthenticated" && answer.detail.contains("revoked"))
            // Nor when it is seen for the first time.
            let other = file.header("alice", #","groups":"dev","jti":"7","n":1"#)
            #expect(try await client.get("/api/configs/s", headers: other).problem == "unauthenticated")
            let bob = file.header("bob", #","groups":"dev","jti":"8""#)
            #expect(try await client.get("/api/configs/s", headers: bob).status == 200)
        }
    }

    @Test func whatWasLetInByAKeyThatIsGoneEnds() async throws {
        try await run { client, _, foreign in
            try await create(client)
            let token = file.token()
            let header = ["Authorization": "Bearer \(token)"]
            #expect(try await client.get("/api/configs/s", headers: header).status == 200)
            try await EventStreamClient.run(port: client.port, token: token) { stream in
                _ = try await stream.nextUntilSynced()
                // What cannot be used changes nothing.
                file.write("{")
                foreign.reload()
                #expect(try await client.get("/api/configs/s", headers: header).status == 200)
                let next = JWTSigner.es256("new")
                file.replaceKey(with: next)
                foreign.reload()
                let frame = try await stream.next()
                #expect(frame.event == "end" && frame.data == #"{"reason":"changed"}"#)
                #expect(try await client.get("/api/configs/s", headers: header).problem == "unauthenticated")
                let renewed = next.token(
                    #"{"iss":"https://sso","aud":"configbus","sub":"alice","exp":\#(Timestamp.now.milliseconds / 1_000 + 60),"groups":"dev"}"#
                )
                let answer = try await client.get("/api/configs/s", headers: ["Authorization": "Bearer \(renewed)"])
                #expect(answer.status == 200)
            }
        }
    }

    @Test func withoutIssuersAJWTIsNoCredential() async throws {
        let gate = CredentialGate(TableIdentities(), isAlwaysRequired: true)
        try await TestServer.run(.live, gate: gate) { client in
            let answer = try await client.get("/api/configs", headers: file.header())
            #expect(answer.problem == "unauthenticated")
        }
    }
}
