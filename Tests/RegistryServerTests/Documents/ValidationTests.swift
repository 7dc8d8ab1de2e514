import ConfigModel
import ConfigRegistry
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@Suite("Judging a change without making it", .timeLimit(.minutes(1))) struct ValidationTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let body: String
        var type = "application/json"
        var query = ""
        /// The rules of the errors.
        let errors: [String]
        let content: String
    }

    /// Against the head `{"a":1,"b":[1,2]}`.
    static let cases = [
        Case(
            testDescription: "valid", body: #"{"config_data":{"a":2,"b":[2]}}"#, errors: [],
            content: #"{"a":2,"b":[2]}"#),
        Case(
            testDescription: "secret", body: #"{"config_data":{"a":1,"b":[1,2],"password":"hunter2-and-more"}}"#,
            errors: ["named"], content: #"{"a":1,"b":[1,2],"password":"hunter2-and-more"}"#),
        Case(testDescription: "blast radius", body: #"{"config_data":{}}"#, errors: ["emptied"], content: "{}"),
        Case(
            testDescription: "both", body: #"{"config_data":{"a":null,"b":[1,2],"password":"hunter2-and-more"}}"#,
            errors: ["named", "nulled"], content: #"{"a":null,"b":[1,2],"password":"hunter2-and-more"}"#),
        Case(
            testDescription: "overridden", body: #"{"config_data":{},"override":["blast-radius"]}"#, errors: [],
            content: "{}"),
        Case(
            testDescription: "merge patch", body: #"{"a":null,"c":"x"}"#, type: "application/merge-patch+json",
            errors: [], content: #"{"b":[1,2],"c":"x"}"#),
        Case(
            testDescription: "JSON patch", body: #"[{"op":"replace","path":"/a","value":null}]"#,
            type: "application/json-patch+json", errors: ["nulled"], content: #"{"a":null,"b":[1,2]}"#),
        Case(
            testDescription: "JSON patch, overridden", body: #"[{"op":"replace","path":"/a","value":null}]"#,
            type: "application/json-patch+json", query: "?override=blast-radius", errors: [],
            content: #"{"a":null,"b":[1,2]}"#),
    ]

    @Test(arguments: cases) func isAnsweredWithAllFindingsAndTheDifference(_ example: Case) async throws {
        try await TestServer.run { client in
            let head = #"{"a":1,"b":[1,2]}"#
            try await client.create("s", head)
            let answer = try await client.call(
                .post, "/api/configs/s/validate\(example.query)", example.body, headers: ["Content-Type": example.type])
            #expect(answer.status == 200, "\(answer.text)")
            #expect(answer["valid"] == .bool(example.errors.isEmpty) && answer["base_version"] == 1)
            guard case .array(let errors)? = answer["errors"] else { throw UnexpectedAnswer(answer: answer) }
            #expect(errors.compactMap { CheckFinding(json: $0)?.rule } == example.errors)
            let content = try Content(parsing: Array(example.content.utf8))
            #expect(answer["content_hash"] == .string(content.hash))
            let patch = try JSONPatch(json: try #require(answer["diff"]))
            var budget = WorkBudget(10_000)
            let made = try patch.apply(to: JSONValue(parsing: head), limits: .default, budget: &budget)
            #expect(made == (try JSONValue(parsing: example.content)))
            #expect(answer.header("Idempotency-Key") == nil)
            let history = try await client.get("/api/configs/s/history")
            #expect(history.list.count == 1)
        }
    }

    @Test func comparesWithNothingWhereThereIsNoDocument() async throws {
        try await TestServer.run { client in
            let answer = try await client.call(
                .post, "/api/configs/new/validate", #"{"config_data":{"n":1}}"#)
            #expect(answer["valid"] == .bool(true) && answer["base_version"] == 0)
            #expect(answer["diff"]?.description == #"[{"op":"add","path":"/n","value":1}]"#)
            #expect(answer["warnings"] == .array([]))
            #expect(try await client.get("/api/configs/new").status == 404)
        }
    }

    static let refusals: [(body: String, type: String, query: String, status: Int, problem: String)] = [
        ("{", "application/json", "", 400, "invalid-json"),
        (#"{"config_data":[]}"#, "application/json", "", 422, "not-an-object"),
        (#"{"config_data":{},"override":["secret"]}"#, "application/json", "", 400, "invalid-override"),
        (#"{"config_data":{},"expected_version":7}"#, "application/json", "", 412, "version-mismatch"),
        (#"[{"op":"remove","path":"/x"}]"#, "application/json-patch+json", "", 422, "invalid-patch"),
        ("{}", "application/merge-patch+json", "?environment=none", 404, "unknown"),
        ("{}", "text/plain", "", 415, "unsupported-media-type"),
        ("{}", "application/json", "?sort=up", 400, "invalid-parameter"),
    ]

    @Test(arguments: refusals)
    func whatCannotBeJudgedIsRefusedAsAWriteWouldBe(
        _ call: (body: String, type: String, query: String, status: Int, problem: String)
    ) async throws {
        try await TestServer.run { client in
            try await client.create("s", #"{"a":1}"#)
            let answer = try await client.call(
                .post, "/api/configs/s/validate\(call.query)", call.body, headers: ["Content-Type": call.type])
            #expect(answer.status == call.status && answer.problem == call.problem, "\(answer.text)")
        }
    }

    @Test func isForWhomMayRead() async throws {
        try await AccessServer.run { server in
            let reader = try await server.token("reader:s/prod")
            let body = #"{"config_data":{"n":1}}"#
            let path = "/api/configs/s/validate?environment="
            #expect(try await server.call(.post, path + "prod", body, token: reader.text).status == 200)
            #expect(try await server.call(.post, path + "dev", body, token: reader.text).status == 403)
            #expect(
                try await server.call(.post, "/api/configs/s?environment=prod", body, token: reader.text).status == 403)
        }
    }
}
