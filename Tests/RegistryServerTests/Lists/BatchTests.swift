import ConfigModel
import ConfigRegistry
import ConfigStore
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

/// `POST /api/configs:batchGet`
@Suite(.timeLimit(.minutes(1))) struct BatchTests {
    private static let path = "/api/configs:batchGet"

    @Test func everyDocumentIsAnsweredInItsPlace() async throws {
        try await TestServer.run { client in
            let living = try await client.create("a?environment=prod", #"{"n":1.0}"#).json
            try await client.create("b")
            try await client.delete("b")
            let deleted = try await client.get("/api/configs/b/versions/2").json
            let answers = try await ask(
                client, #"{"service_name":"b"}"#, #"{"service_name":"a","environment":"prod"}"#,
                #"{"service_name":"c"}"#)
            let record = try #require(answers[1].object)
            #expect(record["status"] == 200 && record["record"] == living)
            #expect(record["etag"] == "\"1.1\"" && record["epoch"] == record["record"]?.object?["epoch"])
            #expect(answers[0].object?["status"] == 200 && answers[0].object?["record"] == deleted)
            #expect(answers[2].object?["status"] == 404)
            #expect(answers[2].object?["problem"]?.object?["type"] == "unknown")
        }
    }

    @Test func whatTheReaderHasIsNotSentAgain() async throws {
        try await TestServer.run { client in
            try await client.create("a")
            try await client.create("b")
            try await client.delete("b")
            let answers = try await ask(
                client, #"{"service_name":"a","if_none_match":"\"1.1\""}"#,
                #"{"service_name":"b","if_none_match":"\"1.2\""}"#,
                #"{"service_name":"b","if_none_match":"\"1.1\""}"#)
            let facts = [(version: 1, etag: "\"1.1\"", "created"), (2, "\"1.2\"", "deleted")]
            for (answer, (version, etag, change)) in zip(answers, facts) {
                let answer = try #require(answer.object)
                #expect(answer["status"] == 304 && answer["etag"] == .string(etag) && answer["record"] == nil)
                let record = try await client.get("/api/configs/\(version == 1 ? "a" : "b")/versions/\(version)").json
                    .object
                #expect(answer["change_type"] == .string(change) && answer["version"] == record?["version"])
                for name in ["content_hash", "record_hash"] {
                    #expect(answer[name] != nil && answer[name] == record?[name])
                }
                #expect(answer["record_epoch"] == record?["epoch"])
            }
            #expect(answers[2].object?["status"] == 200)
        }
    }

    @Test func aVersionThatIsNotReachedIsAProblemOfItsOwn() async throws {
        try await TestServer.run { client in
            try await client.create("a")
            let answers = try await ask(
                client, #"{"service_name":"a","min_version":2}"#, #"{"service_name":"a","min_version":1}"#)
            #expect(answers[0].object?["status"] == 503)
            #expect(answers[0].object?["problem"]?.object?["type"] == "behind")
            #expect(answers[1].object?["status"] == 200)
        }
    }

    @Test func theListEndsEarlierWhenContentsAreLarge() async throws {
        try await TestServer.run { client in
            let large = #"{"a":""# + String(repeating: "x", count: 1_000_000) + #""}"#
            for n in 0..<10 { try await client.create("s\(n)", large) }
            let documents = (0..<10).map { #"{"service_name":"s\#($0)"}"# }
            #expect(try await ask(client, documents).count == 8)
        }
    }

    /// Documents are read 8 at a time, or 32 while they are small, until the response is full.
    @Test(arguments: [(1_000_000, 8, 16), (2_000, 100, 100)])
    func littleIsReadThatIsNotAnswered(_ size: Int, _ answered: Int, _ read: Int) async throws {
        let store = InMemoryVersionStore()
        let content = #"{"a":""# + String(repeating: "x", count: size) + #""}"#
        let epoch = try await store.epoch()
        for n in 0..<100 {
            let chain = RecordChain(try DocumentKey(service: "s\(n)"), [content], epoch: epoch)
            _ = try await store.append(chain.records[0])
        }
        try await TestServer.run(on: store) { client in
            let answers = try await ask(client, (0..<100).map { #"{"service_name":"s\#($0)"}"# })
            #expect(answers.count == answered)
            #expect(try await client.get("/stats")["cache_misses"] == .number(JSONNumber(read)))
        }
    }

    static let refusals: [(body: String, status: Int, type: String, pointer: String?)] = [
        ("{", 400, "invalid-json", ""), ("[]", 422, "not-an-object", nil),
        ("{}", 422, "invalid-field", "/documents"), (#"{"documents":[]}"#, 422, "invalid-field", "/documents"),
        (#"{"documents":{}}"#, 422, "invalid-field", "/documents"),
        (#"{"documents":[1]}"#, 422, "invalid-field", "/documents/0"),
        (#"{"documents":[],"x":1}"#, 400, "unknown-field", "/x"),
        (#"{"documents":[{}]}"#, 422, "invalid-field", "/documents/0/service_name"),
        (#"{"documents":[{"service_name":"a"},{"service_name":"a/b"}]}"#, 400, "invalid-name", "/documents/1"),
        (#"{"documents":[{"service_name":"a","environment":7}]}"#, 422, "invalid-field", "/documents/0/environment"),
        (#"{"documents":[{"service_name":"a","version":7}]}"#, 400, "unknown-field", "/documents/0/version"),
        (#"{"documents":[{"service_name":"a","min_version":0}]}"#, 422, "invalid-field", "/documents/0/min_version"),
        (#"{"documents":[{"service_name":"a","epoch":"1"}]}"#, 422, "invalid-field", "/documents/0/epoch"),
        (
            #"{"documents":[{"service_name":"a","if_none_match":"1.1"}]}"#, 422, "invalid-field",
            "/documents/0/if_none_match"
        ),
        (
            #"{"documents":[\#(Array(repeating: #"{"service_name":"a"}"#, count: 257).joined(separator: ","))]}"#, 422,
            "invalid-field", "/documents"
        ),
    ]

    @Test(arguments: refusals)
    func aBodyThatIsWrongIsRefused(_ body: String, _ status: Int, _ type: String, _ pointer: String?) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.post, Self.path, body)
            #expect(answer.status == status && answer.problem == type, "\(answer.text)")
            #expect(answer["pointer"] == pointer.map { .string($0) })
        }
    }

    @Test func otherMethodsParametersAndMediaTypesAreRefused() async throws {
        try await TestServer.run { client in
            let get = try await client.get(Self.path)
            #expect(get.status == 405 && get.header("Allow") == "POST")
            let parameter = try await client.call(.post, Self.path + "?environment=prod", "{}")
            #expect(parameter.status == 400 && parameter.detail.contains("environment"))
            let text = try await client.call(.post, Self.path, "{}", headers: ["Content-Type": "text/plain"])
            #expect(text.status == 415)
        }
    }

    private func ask(_ client: any TestClientProtocol, _ documents: String...) async throws -> [JSONValue] {
        try await ask(client, documents)
    }

    private func ask(_ client: any TestClientProtocol, _ documents: [String]) async throws -> [JSONValue] {
        let body = #"{"documents":[\#(documents.joined(separator: ","))]}"#
        let answer = try await client.call(.post, Self.path, body)
        #expect(answer.status == 200, "\(answer.text)")
        guard case .array(let answers)? = answer["documents"] else { return [] }
        return answers
    }
}

extension JSONValue {
    fileprivate var object: JSONObject? {
        if case .object(let object) = self { object } else { nil }
    }
}
