import ConfigAccess
import ConfigModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import RegistryServer

/// What is answered without being named holds what the client may read, and nothing tells how much else there is.
@Suite(.timeLimit(.minutes(2))) struct NarrowedTests {
    private let admin = TokenText.random()
    private let reader = TokenText.random()

    private func identities(_ grants: [String]) throws -> TableIdentities {
        TableIdentities([
            try TableIdentities.token(admin, name: "admin", ["admin:#/*"]),
            try TableIdentities.token(reader, name: "reader", grants),
        ])
    }

    private func header(_ token: TokenText) -> [String: String] { ["Authorization": "Bearer \(token.secretText)"] }

    private func run(
        _ grants: [String], _ test: @escaping @Sendable (any TestClientProtocol, TableIdentities) async throws -> Void
    ) async throws {
        let identities = try identities(grants)
        let gate = CredentialGate(identities, isAlwaysRequired: true)
        try await TestServer.run(.live, headLifetime: .seconds(60), gate: gate) { try await test($0, identities) }
    }

    private func create(_ count: Int, _ client: any TestClientProtocol) async throws {
        for number in 0..<count {
            let service = number % 3 == 1 ? "mine.s\(number)" : "other\(number)"
            let answer = try await client.call(
                .post, "/api/configs/\(service)", #"{"config_data":{}}"#, headers: header(admin))
            #expect(answer.status == 201)
        }
    }

    @Test(arguments: [true, false])
    func pagesAreFullOfWhatMayBeRead(withContents: Bool) async throws {
        try await run(["reader:mine.#/*"]) { client, _ in
            try await create(60, client)
            var sizes: [Int] = []
            var next: String? = "/api/configs?limit=7\(withContents ? "" : "&view=heads")"
            while let path = next {
                let answer = try await client.get(path, headers: header(reader))
                try #require(answer.status == 200)
                guard case .array(let page) = try answer.json else { break }
                sizes.append(page.count)
                next = answer.header("Link").flatMap { $0.firstMatch(of: /<([^>]*)>/).map { String($0.1) } }
            }
            #expect(sizes == [7, 7, 6])
        }
    }

    @Test func aStreamTellsOfWhatMayBeRead() async throws {
        try await run(["reader:mine.#/*"]) { client, _ in
            try await create(9, client)
            try await EventStreamClient.run(port: client.port, token: reader.secretText) { stream in
                let frames = try await stream.nextUntilSynced()
                #expect(frames.dropLast().compactMap(\.id).allSatisfy { $0.contains("/mine.") })
                #expect(frames.count == 4)
                #expect(frames.last?.data?.contains(#""count":3"#) == true)
                for service in ["other0", "mine.s1"] {
                    _ = try await client.call(
                        .put, "/api/configs/\(service)", #"{"config_data":{"n":1}}"#, headers: header(admin))
                }
                #expect(try await stream.next().id == "default/mine.s1@2")
            }
        }
    }

    @Test(arguments: [
        ("/api/watch?service=other", 403), ("/api/watch?service=mine&service=other", 403),
        ("/api/configs?service_name=other", 403), ("/api/configs?prefix=other", 200), ("/api/configs/other", 403),
        ("/api/configs/mine", 404), ("/api/configs/mine?overlay=true&environment=prod", 404),
        ("/api/configs/mine/history", 200), ("/api/configs/other/history", 403), ("/stats", 403), ("/metrics", 403),
        ("/api/audit/anchors/log", 403), ("/nothing", 404),
    ])
    func whatIsNamedIsRefusedAsAWhole(path: String, status: Int) async throws {
        try await run(["reader:mine.#/*"]) { client, _ in
            let answer = try await client.get(path, headers: header(reader))
            #expect(answer.status == status, "\(answer.text)")
            if status == 403 { #expect(answer.problem == "not-allowed") }
        }
    }

    @Test func aRefusalIsTheSameWhetherTheDocumentExistsOrNot() async throws {
        try await run(["reader:mine.#/*"]) { client, _ in
            for (method, body) in [
                (HTTPRequest.Method.get, nil), (.put, #"{"config_data":{}}"#), (.post, #"{"config_data":{}}"#),
                (.delete, nil),
            ] {
                let before = try await client.call(method, "/api/configs/other", body, headers: header(reader))
                _ = try await client.call(
                    .post, "/api/configs/other", #"{"config_data":{}}"#, headers: header(admin))
                let after = try await client.call(method, "/api/configs/other", body, headers: header(reader))
                #expect(before.status == 403)
                #expect(before.text == after.text)
                _ = try await client.call(.delete, "/api/configs/other", headers: header(admin))
            }
        }
    }

    @Test func aBatchRefusesADocumentInItsPlace() async throws {
        try await run(["reader:mine.#/*"]) { client, _ in
            try await create(3, client)
            let answer = try await client.call(
                .post, "/api/configs:batchGet",
                #"{"documents":[{"service_name":"other0"},{"service_name":"mine.s1"},{"service_name":"other2"}]}"#,
                headers: header(reader))
            #expect(answer.status == 200)
            #expect(answer.text.matches(of: /not-allowed/).count == 2)
            #expect(answer.text.matches(of: /"record_hash"/).count == 1)
        }
    }

    @Test(arguments: [true, false])
    func whatIsOpenEndsWhenTheTokenIsRevoked(revoked: Bool) async throws {
        try await run(["reader:mine.#/*"]) { client, identities in
            try await create(3, client)
            let kept = try TableIdentities.token(admin, name: "admin", ["admin:#/*"])
            async let waiting = client.get("/api/configs/mine.s1?wait=60s&min_version=9", headers: header(reader))
            try await EventStreamClient.run(port: client.port, token: reader.secretText) { stream in
                _ = try await stream.nextUntilSynced()
                let changed = try TableIdentities.token(
                    reader, name: "reader", ["reader:mine.s1/*"], isRevoked: revoked)
                identities.replace([kept, changed])
                let frame = try await stream.next()
                #expect(frame.event == "end")
                #expect(frame.data == #"{"reason":"\#(revoked ? "revoked" : "changed")"}"#)
            }
            #expect(try await waiting.problem == "unauthenticated")
        }
    }

    @Test func aStreamEndsWhenItsTokenExpires() async throws {
        let identities = TableIdentities()
        try await TestServer.run(.live, gate: CredentialGate(identities, isAlwaysRequired: true)) { client in
            identities.replace([try TableIdentities.token(reader, ["reader:#/*"], endsIn: 3_000)])
            try await EventStreamClient.run(port: client.port, token: reader.secretText) { stream in
                _ = try await stream.nextUntilSynced()
                #expect(try await stream.next().data == #"{"reason":"expired"}"#)
            }
        }
    }
}
