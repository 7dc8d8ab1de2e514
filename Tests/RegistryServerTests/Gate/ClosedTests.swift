import ConfigAccess
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import RegistryAPI
import Testing

@testable import RegistryServer

/// With authentication nothing but what is meant for everybody is answered without a credential that counts, whichever way
/// through the server a request takes.
@Suite(.timeLimit(.minutes(2))) struct ClosedTests {
    /// What a request brings that does not count.
    enum Bad: CaseIterable {
        case nothing, empty, noScheme, otherScheme, wrongText, changedCheck, changedSecret, unknown, expired, revoked,
            tooLong

        func field(_ tokens: Tokens) -> String {
            switch self {
            case .nothing: ""
            case .empty: "Authorization: Bearer \r\n"
            case .noScheme: "Authorization: \(tokens.valid.secretText)\r\n"
            case .otherScheme: "Authorization: Basic \(tokens.valid.secretText)\r\n"
            case .wrongText: "Authorization: Bearer x\r\n"
            case .changedCheck: "Authorization: Bearer \(tokens.valid.secretText.dropLast())-\r\n"
            case .changedSecret:
                "Authorization: Bearer \(TokenText.random().secretText.replacing(/cbt_[a-z0-9]{12}/, with: "cbt_\(tokens.valid.id)"))\r\n"
            case .unknown: "Authorization: Bearer \(TokenText.random().secretText)\r\n"
            case .expired: "Authorization: Bearer \(tokens.expired.secretText)\r\n"
            case .revoked: "Authorization: Bearer \(tokens.revoked.secretText)\r\n"
            case .tooLong: "Authorization: Bearer \(String(repeating: "a", count: 20_000))\r\n"
            }
        }
    }

    struct Tokens: Sendable {
        let valid = TokenText.random()
        let expired = TokenText.random()
        let revoked = TokenText.random()

        var identities: TableIdentities {
            get throws {
                TableIdentities([
                    try TableIdentities.token(valid, ["admin:#/*"]),
                    try TableIdentities.token(expired, ["admin:#/*"], endsIn: 0),
                    try TableIdentities.token(revoked, ["admin:#/*"], isRevoked: true),
                ])
            }
        }

        var field: String { "Authorization: Bearer \(valid.secretText)\r\n" }
        var header: [String: String] { ["Authorization": "Bearer \(valid.secretText)"] }
    }

    private static let open = ["/health", "/health/live", "/health/ready", "/openapi.yaml"]

    @Test(arguments: Bad.allCases)
    func everyRouteIsClosedToWhatDoesNotCount(_ bad: Bad) async throws {
        let tokens = Tokens()
        let gate = CredentialGate(try tokens.identities, isAlwaysRequired: true)
        try await TestServer.run(.live, headLifetime: .seconds(60), gate: gate) { client in
            _ = try await client.call(.post, "/api/configs/s", #"{"config_data":{}}"#, headers: tokens.header)
            #expect(try await client.get("/api/configs/s", headers: tokens.header).status == 200)
            for call in RouteCall.all {
                try await RawConnection.run(port: client.port) { connection in
                    // A body is announced and not sent: it is not waited for.
                    try await connection.write(call.head("Host: x\r\n" + bad.field(tokens), bodyLength: 100))
                    let head = try await connection.read(through: "\r\n\r\n")
                    if Self.open.contains(call.path), [.get, .head].contains(call.method) {
                        #expect(!head.hasPrefix("HTTP/1.1 4"), "\(call)")
                        return
                    }
                    #expect(head.hasPrefix("HTTP/1.1 401 "), "\(call)")
                    #expect(head.lowercased().contains("www-authenticate: bearer realm=\"configbus\""), "\(call)")
                    guard call.method != .head else { return }
                    let length = try #require(head.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.1) })
                    let body = try await connection.read(count: length)
                    #expect(body.contains(#""type":"unauthenticated""#), "\(call)")
                    #expect(!body.contains(tokens.valid.secretText))
                }
            }
        }
    }

    @Test func amongRequestsOnOneConnectionExactlyThoseWithoutACredentialAreRefused() async throws {
        let tokens = Tokens()
        let gate = CredentialGate(try tokens.identities, isAlwaysRequired: true)
        try await TestServer.run(.live, headLifetime: .seconds(60), gate: gate) { client in
            let created = try await client.call(
                .post, "/api/configs/s", #"{"config_data":{"n":1}}"#, headers: tokens.header)
            let tag = try #require(created.header("ETag"))
            try await RawConnection.run(port: client.port) { connection in
                var expected: [String] = []
                var requests = ""
                for number in 0..<200 {
                    let isClosed = number % 3 == 2
                    let condition = number % 2 == 0 ? "If-None-Match: \(tag)\r\n" : ""
                    requests +=
                        "GET /api/configs/s HTTP/1.1\r\nHost: x\r\n\(condition)\(isClosed ? "" : tokens.field)\r\n"
                    expected.append(isClosed ? "401" : condition.isEmpty ? "200" : "304")
                }
                try await connection.write(requests)
                for (number, status) in expected.enumerated() {
                    let head = try await connection.read(through: "\r\n\r\n")
                    #expect(head.hasPrefix("HTTP/1.1 \(status) "), "request \(number)")
                    guard status != "304" else { continue }
                    let length = try #require(head.firstMatch(of: /[Cc]ontent-[Ll]ength: (\d+)/).flatMap { Int($0.1) })
                    _ = try await connection.read(count: length)
                }
            }
        }
    }

    @Test(arguments: ["Content-Length: 500000000\r\n", "Transfer-Encoding: chunked\r\n"])
    func noLargeBodyIsReadFromAClientThatIsNotKnown(_ body: String) async throws {
        let gate = CredentialGate(try Tokens().identities, isAlwaysRequired: true)
        try await TestServer.run(.live, gate: gate) { client in
            try await RawConnection.run(port: client.port) { connection in
                try await connection.write("POST /api/configs/s HTTP/1.1\r\nHost: x\r\n\(body)\r\n")
                let text = try await connection.readToEnd()
                #expect(text.hasPrefix("HTTP/1.1 401 ") && text.lowercased().contains("connection: close\r\n"))
            }
        }
    }

    @Test(arguments: ["Authorization: Bearer x\r\n", "Host: y\r\n"])
    func whatComesTwiceIsRefused(_ again: String) async throws {
        let tokens = Tokens()
        let gate = CredentialGate(try tokens.identities, isAlwaysRequired: true)
        try await TestServer.run(.live, gate: gate) { client in
            try await RawConnection.run(port: client.port) { connection in
                try await connection.write("GET /api/configs HTTP/1.1\r\nHost: x\r\n\(tokens.field)\(again)\r\n")
                #expect(try await connection.read(through: "\r\n") == "HTTP/1.1 400 Bad Request\r\n")
            }
        }
    }

    @Test func whileItIsNotKnownWhoMayDoWhatNothingIsPermitted() async throws {
        let tokens = Tokens()
        let identities = try tokens.identities
        let gate = CredentialGate(identities, isAlwaysRequired: true)
        try await TestServer.run(.live, headLifetime: .seconds(60), gate: gate) { client in
            _ = try await client.call(.post, "/api/configs/s", #"{"config_data":{}}"#, headers: tokens.header)
            identities.forget()
            for path in ["/api/configs/s", "/api/configs", "/stats"] {
                let answer = try await client.get(path, headers: tokens.header)
                #expect(answer.problem == "access-unknown")
                #expect(answer.header("Retry-After") == "2")
            }
            #expect(try await client.get("/health/live", headers: tokens.header).status == 200)
        }
    }

    @Test func aTokenThatMemoryDoesNotKnowIsLookedUp() async throws {
        let text = TokenText.random()
        let identities = TableIdentities()
        identities.store(try TableIdentities.token(text, ["reader:#/*"]))
        try await TestServer.run(.live, gate: CredentialGate(identities, isAlwaysRequired: true)) { client in
            let header = ["Authorization": "Bearer \(text.secretText)"]
            let answers = [
                try await client.get("/api/configs", headers: header),
                try await client.get("/api/configs", headers: ["Authorization": "Bearer x"]),
            ]
            #expect(answers.map(\.status) == [200, 401])
        }
    }

    /// A token that was made a moment ago is not called wrong because the store cannot be read now.
    @Test func aTokenThatCannotBeLookedUpIsNeitherRightNorWrong() async throws {
        let tokens = Tokens()
        let identities = try tokens.identities
        identities.loseStore()
        try await TestServer.run(.live, gate: CredentialGate(identities, isAlwaysRequired: true)) { client in
            let header = ["Authorization": "Bearer \(TokenText.random().secretText)"]
            let answer = try await client.get("/api/configs", headers: header)
            #expect(answer.problem == "access-unknown" && answer.header("Retry-After") == "2")
            let known = try await client.get("/api/configs", headers: tokens.header)
            #expect(known.status == 200)
            let probe = try await client.get("/health/live", headers: header)
            #expect(probe.status == 200)
        }
    }

    @Test func credentialsAreNeededAsSoonAsTheStoreSaysSo() async throws {
        let identities = TableIdentities()
        identities.isRequired = false
        try await TestServer.run(.live, gate: CredentialGate(identities, isAlwaysRequired: false)) { client in
            let before = try await client.get("/api/configs")
            #expect(before.status == 200)
            identities.isRequired = true
            let after = try await client.get("/api/configs")
            #expect(after.problem == "unauthenticated")
        }
    }

    @Test func theDetailsOfHealthAreForThoseWhoMayMonitor() async throws {
        let tokens = Tokens()
        let gate = CredentialGate(try tokens.identities, isAlwaysRequired: true)
        try await TestServer.run(.live, gate: gate) { client in
            let answer = try await client.get("/health")
            #expect(answer.text == #"{"status":"healthy","service":"config-registry"}"#)
            #expect(try await client.get("/health", headers: tokens.header)["store"] != nil)
        }
    }
}
