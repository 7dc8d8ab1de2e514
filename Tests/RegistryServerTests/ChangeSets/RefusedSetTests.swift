import ConfigModel
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import RegistryServer

/// A change set that cannot be made changes nothing, and its answer names everything that is wrong.
@Suite(.timeLimit(.minutes(2))) struct RefusedSetTests {
    private static let good = (0..<10).map { #"{"service_name":"g\#($0)","config_data":{"n":1}}"# }

    /// A document that is refused, its status, and the type of its problem.
    static let bad = [
        (#"{"service_name":"x","config_data":{},"colour":1}"#, 400, "unknown-field"),
        (#"{"service_name":"a b","config_data":{}}"#, 400, "invalid-name"),
        (#"{"service_name":"x","environment":"~schema","config_data":{}}"#, 400, "invalid-name"),
        (#"{"service_name":"x","merge_patch":{}}"#, 404, "unknown"),
        (#"{"service_name":"gone","merge_patch":{}}"#, 404, "deleted"),
        (#"{"service_name":"x","delete":true}"#, 404, "unknown"),
        (#"{"service_name":"old","restore_version":9}"#, 404, "unknown-version"),
        (#"{"service_name":"old","config_data":{},"expected_version":9}"#, 412, "version-mismatch"),
        (#"{"service_name":"old","config_data":{},"if_match":"\"2.1\""}"#, 412, "version-mismatch"),
        (#"{"service_name":"x","config_data":{"a":"\#(String(repeating: "x", count: 1 << 20))"}}"#, 413, "too-large"),
        (#"{"service_name":"gone","restore_version":2}"#, 422, "rollback-to-tombstone"),
        (#"{"service_name":"x"}"#, 422, "missing-content"),
        (#"{"service_name":"x","config_data":[]}"#, 422, "not-an-object"),
        (#"{"service_name":"x","config_data":{},"delete":true}"#, 422, "invalid-field"),
        (#"{"service_name":"x","delete":false}"#, 422, "invalid-field"),
        (#"{"service_name":"x","restore_version":0}"#, 422, "invalid-field"),
        (#"{"service_name":"x","config_data":{},"expected_version":-1}"#, 422, "invalid-field"),
        (#"{"service_name":"x","config_data":{},"if_match":"*"}"#, 422, "invalid-field"),
        (#"{"service_name":"old","config_data":{},"if_match":"\"1.1\"","expected_version":1}"#, 422, "invalid-field"),
        (#"{"service_name":"old","patch":{}}"#, 422, "invalid-field"),
        (#"{"service_name":"old","patch":[{"op":"fly"}]}"#, 422, "invalid-patch"),
        (#"{"service_name":"old","patch":[{"op":"test","path":"/n","value":2}]}"#, 422, "invalid-patch"),
        (#"{"config_data":{}}"#, 422, "invalid-field"),
        (#"7"#, 422, "invalid-field"),
    ]

    private func prepare(_ client: any TestClientProtocol) async throws {
        try await client.create("old", #"{"n":1}"#)
        try await client.create("gone")
        try await client.delete("gone")
    }

    @Test(arguments: TestStore.available)
    func oneBadDocumentAmongTenStoresNothing(store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            try await prepare(client)
            for (document, status, type) in Self.bad {
                var documents = Self.good
                documents[4] = document
                let answer = try await client.publishSet(documents)
                #expect(answer.status == status && answer.problem == type, "\(document.prefix(100)): \(answer.text)")
                #expect(answer.memberProblems == ["4 \(status) \(type)"], "\(answer.text)")
                #expect(answer.detail.hasPrefix("Nothing was stored: 1 of 10 documents of the change set was refused."))
            }
            #expect(try await client.get("/api/configs").list.count == 1)
        }
    }

    @Test(arguments: TestStore.available)
    func everythingThatIsWrongIsNamedAndTheFirstStatusInTheOrderCounts(store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            try await prepare(client)
            // Documents that are named twice are wrong for that, too: one document for each kind.
            let documents = [
                #"{"service_name":"a","restore_version":"x"}"#, #"{"service_name":"b","merge_patch":{}}"#,
                #"{"service_name":"old","config_data":{},"expected_version":9}"#,
                #"{"service_name":"c","delete":true,"x":1,"y":2}"#,
                #"{"service_name":"good","config_data":{}}"#, #"{"service_name":"gone","restore_version":2}"#,
            ]
            let answer = try await client.publishSet(documents)
            #expect(
                answer.memberProblems == [
                    "0 422 invalid-field", "1 404 unknown", "2 412 version-mismatch", "3 400 unknown-field",
                    "3 400 unknown-field", "5 422 rollback-to-tombstone",
                ], "\(answer.text)")
            #expect(answer.status == 400 && answer.problem == "unknown-field")
            #expect(answer.objects("problems")[2]["current_version"] == 1)
            #expect(answer.objects("problems")[0]["pointer"] == "/documents/0/restore_version")
            let without = try await client.publishSet(Array(documents[..<3]) + documents[4...])
            #expect(without.status == 404)
            #expect(try await client.publishSet([documents[2], documents[0]]).status == 412)
            #expect(try await client.get("/api/configs").list.count == 1)
        }
    }

    @Test(arguments: TestStore.available)
    func aDocumentIsInASetOnce(store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            let answer = try await client.publishSet(Self.good + [Self.good[3]])
            #expect(answer.status == 422 && answer.memberProblems == ["10 422 invalid-field"])
            #expect(answer.objects("problems")[0]["pointer"] == "/documents/10")
        }
    }

    @Test(arguments: [0, 101], TestStore.available)
    func aSetHasOneToAHundredDocuments(_ count: Int, store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            let answer = try await client.publishSet(
                (0..<count).map { #"{"service_name":"s\#($0)","config_data":{}}"# })
            #expect(answer.status == 422 && answer.problem == "invalid-field" && answer["pointer"] == "/documents")
        }
    }

    @Test(arguments: TestStore.available)
    func contentsHaveEightMebibytesTogether(store: TestStore) async throws {
        try await TestServer.run(on: store) { client in
            func documents(_ count: Int) -> [String] {
                (0..<count).map {
                    #"{"service_name":"s\#($0)","config_data":{"a":"\#(String(repeating: "x", count: 1_000_000))"}}"#
                }
            }
            let small = ["Prefer": "return=minimal"]
            let tooLarge = try await client.publishSet(documents(9), headers: small)
            #expect(tooLarge.problem == "too-large")
            let stored = try await client.publishSet(documents(8), headers: small)
            #expect(stored.status == 201)
        }
    }

    @Test func aBodyThatIsFarTooLargeIsReadToItsEndAndAnswered() async throws {
        try await TestServer.run(.live) { client in
            let answer = try await client.publishSet([String(repeating: " ", count: 18 << 20)])
            #expect(answer.status == 413 && answer.detail.contains("make several sets"))
        }
    }

    @Test(arguments: [
        ("{}", "invalid-field"), (#"{"documents":{}}"#, "invalid-field"), ("[]", "not-an-object"),
        (#"{"documents":[],"colour":1}"#, "unknown-field"),
        (#"{"documents":[{"service_name":"s","config_data":{}}],"override":["secret"]}"#, "invalid-override"),
        (#"{"documents":[{"service_name":"s","config_data":{}}],"comment":7}"#, "invalid-field"),
    ])
    func aBodyThatIsNoSetIsRefused(_ body: String, _ type: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.post, "/api/changesets", body)
            #expect(answer.problem == type, "\(answer.text)")
            #expect(try await client.get("/api/configs").list.isEmpty)
        }
    }

    @Test(arguments: ["If-Match", "If-None-Match"])
    func aConditionInTheHeaderIsRefused(_ header: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.publishSet(Self.good, headers: [header: "\"1.1\""])
            #expect(answer.problem == "invalid-header")
        }
    }
}
