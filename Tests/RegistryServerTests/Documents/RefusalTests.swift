import ConfigModel
import HTTPTypes
import Hummingbird
import Testing

/// A request that is refused, and how.
struct Refusal: Sendable, CustomTestStringConvertible {
    let method: HTTPRequest.Method
    let uri: String
    var body: String?
    var headers: [String: String] = [:]
    let status: Int
    let type: String
    /// A part of the sentence.
    let detail: String

    var testDescription: String { "\(method) \(uri) \(body?.prefix(60) ?? "") \(headers)" }
}

@Suite(.timeLimit(.minutes(1))) struct RefusalTests {
    static let document = "/api/configs/s"

    static let bodies: [Refusal] = [
        ("{", 400, "invalid-json", "Line 1, column 2"),
        ("", 400, "invalid-json", "Line 1, column 1"),
        (#"{"config_data":{"a":1,"a":2}}"#, 400, "invalid-json", "twice"),
        (#"{"config_data":{"a":1,"\u0061":2}}"#, 400, "invalid-json", "twice"),
        (#"{"config_data":{"a":[1,]}}"#, 400, "invalid-json", "/config_data/a"),
        (#"{"config_data":{"a":"\ud83d"}}"#, 400, "invalid-json", "surrogate"),
        (#"{"config_data":{}} x"#, 400, "invalid-json", "nothing but white space"),
        ("[]", 422, "not-an-object", "The content itself belongs into config_data"),
        ("{}", 422, "missing-content", "config_data"),
        (#"{"config_data":[1]}"#, 422, "not-an-object", "not an array"),
        (#"{"config_data":null}"#, 422, "not-an-object", "not null"),
        (#"{"db_host":"x"}"#, 400, "unknown-field", "db_host"),
        (#"{"config_data":{},"coment":"x"}"#, 400, "unknown-field", "coment"),
        (#"{"config_data":{},"comment":5}"#, 422, "invalid-field", "must be a string, not a number"),
        (#"{"config_data":{},"created_by":{}}"#, 422, "invalid-field", "created_by"),
        (#"{"config_data":{},"expected_version":"1"}"#, 422, "invalid-field", "expected_version"),
        (#"{"config_data":{},"expected_version":-1}"#, 422, "invalid-field", "expected_version"),
        (
            #"{"config_data":"# + String(repeating: #"{"a":"#, count: 200) + "1" + String(repeating: "}", count: 201),
            422,
            "too-deep", "levels"
        ),
    ].map { Refusal(method: .post, uri: document, body: $0.0, status: $0.1, type: $0.2, detail: $0.3) }

    static let requests: [Refusal] = [
        Refusal(method: .get, uri: document, status: 404, type: "unknown", detail: "create it first"),
        Refusal(
            method: .put, uri: document, body: #"{"config_data":{}}"#, status: 404, type: "unknown",
            detail: "create it first"),
        Refusal(
            method: .post, uri: "/api/configs/x%20y", body: "{}", status: 400, type: "invalid-name", detail: "'x y'"),
        Refusal(method: .get, uri: "/api/configs/.x", status: 400, type: "invalid-name", detail: "[A-Za-z0-9]"),
        Refusal(method: .get, uri: "/api/configs/%zz", status: 400, type: "invalid-name", detail: "percent-encoded"),
        Refusal(
            method: .get, uri: document + "?environment=a.b", status: 400, type: "invalid-name", detail: "environment"),
        Refusal(
            method: .get, uri: document + "?enviroment=prod", status: 400, type: "invalid-parameter",
            detail: "'enviroment' is unknown"),
        Refusal(
            method: .get, uri: document + "?version=0", status: 400, type: "invalid-parameter",
            detail: "an integer from 1"),
        Refusal(
            method: .get, uri: document + "?version=1&min_version=1", status: 400, type: "invalid-parameter",
            detail: "cannot be combined"),
        Refusal(
            method: .get, uri: document + "?wait=61s", status: 400, type: "invalid-parameter", detail: "at most 60s"),
        Refusal(
            method: .get, uri: document + "?overlay=yes", status: 400, type: "invalid-parameter",
            detail: "true or false"),
        Refusal(
            method: .get, uri: document + "?epoch=1", status: 400, type: "invalid-parameter", detail: "Config-Epoch"),
        Refusal(method: .get, uri: document + "?version=7", status: 404, type: "unknown-version", detail: "7"),
        Refusal(
            method: .get, uri: document + "/versions/x", status: 400, type: "invalid-parameter",
            detail: "integer from 1"),
        Refusal(method: .get, uri: document + "/versions/3", status: 404, type: "unknown-version", detail: "3"),
        Refusal(
            method: .get, uri: document, headers: ["If-None-Match": "1.7"], status: 400, type: "invalid-header",
            detail: "If-None-Match"),
        Refusal(
            method: .get, uri: document + "/history?limit=0", status: 400, type: "invalid-parameter",
            detail: "from 1 to 1000"),
        Refusal(method: .get, uri: "/api/configs?limit=1001", status: 400, type: "invalid-parameter", detail: "1000"),
        Refusal(method: .get, uri: "/api/configs?view=all", status: 400, type: "invalid-parameter", detail: "heads"),
        Refusal(
            method: .get, uri: "/api/configs?cursor=x.y.%21", status: 400, type: "invalid-parameter", detail: "Link"),
        Refusal(method: .get, uri: "/api/watch?service=a&prefix=-", status: 400, type: "invalid-name", detail: "'-'"),
        Refusal(method: .get, uri: "/health?x=1", status: 400, type: "invalid-parameter", detail: "takes none"),
        Refusal(method: .get, uri: "/api", status: 404, type: "unknown-path", detail: "/api/configs"),
        Refusal(method: .get, uri: "/", status: 404, type: "unknown-path", detail: "/api/configs"),
        Refusal(
            method: .delete, uri: document, body: "{}", status: 400, type: "unexpected-body", detail: "query parameters"
        ),
    ]

    static let writes: [Refusal] = [
        Refusal(
            method: .put, uri: document, body: "{}", headers: ["Content-Type": "text/plain"], status: 415,
            type: "unsupported-media-type", detail: "application/json"),
        Refusal(
            method: .put, uri: document, body: "{}", headers: ["Content-Type": "application/json; charset=latin1"],
            status: 415, type: "unsupported-media-type", detail: "UTF-8"),
        Refusal(
            method: .patch, uri: document, body: "{}", status: 415, type: "unsupported-media-type",
            detail: "application/merge-patch+json or application/json-patch+json"),
        Refusal(
            method: .put, uri: document, body: "{}", headers: ["Idempotency-Key": "a b"], status: 400,
            type: "invalid-header", detail: "[A-Za-z0-9._:-]{1,64}"),
        Refusal(
            method: .put, uri: document, body: "{}", headers: ["X-Correlation-ID": "a b"], status: 400,
            type: "invalid-header", detail: "X-Correlation-ID"),
        Refusal(
            method: .put, uri: document, body: #"{"config_data":{}}"#, headers: ["If-Match": "W/\"1.1\""], status: 400,
            type: "invalid-header", detail: "If-Match"),
        Refusal(
            method: .put, uri: document, body: #"{"config_data":{}}"#, headers: ["If-None-Match": "*"], status: 400,
            type: "invalid-header", detail: "POST creates"),
        Refusal(
            method: .put, uri: document + "?expected_version=1", body: #"{"config_data":{},"expected_version":1}"#,
            status: 400, type: "invalid-parameter", detail: "Say once"),
        Refusal(
            method: .post, uri: document + "/rollback", body: "{}", status: 422, type: "invalid-field",
            detail: "to_version"),
        Refusal(
            method: .post, uri: document + "/rollback", body: #"{"to_version":1}"#, status: 404, type: "unknown",
            detail: "no document"),
    ]

    @Test(arguments: bodies + requests + writes)
    func isAnsweredWithAProblemThatSaysWhatToDo(_ refusal: Refusal) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(refusal.method, refusal.uri, refusal.body, headers: refusal.headers)
            #expect(answer.status == refusal.status)
            #expect(answer.problem == refusal.type)
            #expect(answer.detail.contains(refusal.detail), "\(answer.text)")
            #expect(answer.detail.hasSuffix("."))
            #expect(try await client.get("/api/configs?deleted=true").text == "[]", "nothing was changed")
        }
    }

    @Test func anErrorInTheBodyIsNamedByLineColumnAndPointer() async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.post, "/api/configs/s", "{\"config_data\": {\n  \"a\": [1, tru]}}")
            #expect(answer["line"] == 2)
            #expect(answer["column"] == 12)
            #expect(answer["pointer"] == "/config_data/a/1")
        }
    }

    @Test(arguments: [
        ("/api/configs/s", HTTPRequest.Method.options, "DELETE, GET, HEAD, PATCH, POST, PUT"),
        ("/api/configs/s", HTTPRequest.Method("PROPFIND")!, "DELETE, GET, HEAD, PATCH, POST, PUT"),
        ("/health", HTTPRequest.Method("QUERY")!, "GET, HEAD"),
        ("/api/configs/s/history", .delete, "GET, HEAD"), ("/api/configs/s/rollback", .get, "POST"),
        ("/api/configs", .post, "GET, HEAD"), ("/api/watch", .put, "GET, HEAD, POST"), ("/health", .post, "GET, HEAD"),
    ])
    func aWrongMethodIsAnsweredWithTheRightOnes(
        _ uri: String, _ method: HTTPRequest.Method, _ allowed: String
    ) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(method, uri)
            #expect(answer.status == 405)
            #expect(answer.problem == "method-not-allowed")
            #expect(answer.header("Allow") == allowed)
        }
    }
}
