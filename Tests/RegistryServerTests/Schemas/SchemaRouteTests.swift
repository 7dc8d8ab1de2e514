import ConfigModel
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import RegistryServer

/// Schemas that tests put in force.
enum SampleSchema {
    static let port =
        #"{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"db":{"type":"object","properties":{"port":{"type":"integer"}}}}}"#

    static let name = #"{"type":"object","required":["name"]}"#

    static func body(_ schema: String, _ more: String = "") -> String { #"{"schema":\#(schema)\#(more)}"# }
}

@Suite("The schema of a service, over HTTP", .timeLimit(.minutes(1)))
struct SchemaRouteTests {
    private let path = "/api/configs/parsing/schema"

    @Test func isPutReadAndEnded() async throws {
        try await TestServer.run { client in
            let put = try await client.call(.put, path, SampleSchema.body(SampleSchema.port, #","comment":"first""#))
            #expect(put.status == 201, "\(put.text)")
            #expect(put.header("Location") == path, "\(put.text)")
            #expect(put["service_name"] == "parsing")
            #expect(put["version"] == 1)
            #expect(put["checks"] == "each")
            #expect(put["comment"] == "first")
            #expect(put.header("ETag") == #""1.1""#)
            #expect(put["warnings"] == .array([]))
            #expect(put["breaks"] == .array([]))
            #expect(put["hidden"] == 0)
            let got = try await client.get(path)
            #expect(got.status == 200)
            #expect(got.header("Content-Type") == "application/json")
            #expect(got.text == (try JSONValue(parsing: Array(SampleSchema.port.utf8))).description)
            #expect(got.header("Config-Version") == "1")
            #expect(got.header("Config-Schema-Checks") == "each")
            #expect(got.header("Config-Schema-Hash") == SHA256Text.hash(Array(got.text.utf8)))
            #expect(got.header("Config-Schema-Hash") == put.text("schema_hash"))
            let stored = #"{"checks":"each","schema":\#(got.text)}"#
            #expect(got.header("Config-Hash") == SHA256Text.hash(Array(stored.utf8)))
            #expect(got.header("ETag") == put.header("ETag"))
            let again = try await client.get(path, headers: ["If-None-Match": #""1.1""#])
            #expect(again.status == 304)
            #expect(again.header("Config-Version") == "1")
            let second = try await client.call(
                .put, path, SampleSchema.body(SampleSchema.name, #","checks":"merged","expected_version":1"#))
            #expect(second.status == 200)
            #expect(second["version"] == 2)
            #expect(second["checks"] == "merged")
            #expect(try await client.get(path + "?version=1").text == got.text)
            #expect(try await client.get(path).header("Config-Schema-Checks") == "merged")
            let ended = try await client.call(.delete, path + "?comment=over")
            #expect(ended.text == #"{"deleted":1,"version":3}"#)
            #expect(try await client.get(path).problem == "deleted")
            #expect(try await client.get(path + "?version=2").status == 200)
            #expect(try await client.get(path + "?version=4").problem == "unknown-version")
            #expect(try await client.call(.delete, path).text == #"{"deleted":0}"#)
            #expect(try await client.call(.put, path, SampleSchema.body(SampleSchema.port))["version"] == 4)
        }
    }

    @Test func hasAHistoryOfFullRecords() async throws {
        try await TestServer.run { client in
            #expect(try await client.get(path + "/history").text == "[]")
            for schema in [SampleSchema.port, SampleSchema.name] {
                _ = try await client.call(.put, path, SampleSchema.body(schema))
            }
            let history = try await client.get(path + "/history")
            let records = try history.list.map { try VersionRecord(json: .object($0)) }
            #expect(records.map(\.version) == [2, 1])
            #expect(records.allSatisfy { $0.key.description == "parsing/~schema" })
            #expect(records[0].previousHash == records[1].recordHash)
            #expect(try await client.get(path + "/history?before_version=2").list.count == 1)
            let one = try await client.get(path + "/versions/1")
            #expect(try VersionRecord(json: one.json) == records[1])
        }
    }

    /// Every kind of call that makes a version of a document.
    static let writes: [(HTTPRequest.Method, String, String, String)] = [
        (.post, "/api/configs/parsing?environment=new", #"{"config_data":{"db":{"port":"x"}}}"#, "application/json"),
        (.put, "/api/configs/parsing", #"{"config_data":{"db":{"port":"x"}}}"#, "application/json"),
        (.patch, "/api/configs/parsing", #"{"db":{"port":"x"}}"#, "application/merge-patch+json"),
        (
            .patch, "/api/configs/parsing", #"[{"op":"replace","path":"/db/port","value":"x"}]"#,
            "application/json-patch+json"
        ),
        (.post, "/api/configs/parsing/rollback", #"{"to_version":1}"#, "application/json"),
    ]

    @Test(arguments: writes)
    func refusesEachKindOfWriteThatDoesNotFit(
        _ method: HTTPRequest.Method, _ target: String, _ body: String, _ type: String
    ) async throws {
        try await TestServer.run { client in
            try await client.create("parsing", #"{"db":{"port":"before"}}"#)
            try await client.update("parsing", #"{"db":{"port":1}}"#)
            _ = try await client.call(.put, path, SampleSchema.body(SampleSchema.port))
            let before = try await client.get("/stats")
            let answer = try await client.call(method, target, body, headers: ["Content-Type": type])
            #expect(answer.problem == "checks-failed", "\(answer.text)")
            guard case .array(let findings)? = answer["findings"] else {
                Issue.record("\(answer.text)")
                return
            }
            let finding = try #require(findings.compactMap { CheckFinding(json: $0) }.first { $0.check == .schema })
            #expect(finding.pointer == "/db/port")
            #expect(finding.keyword == "type")
            #expect(finding.schemaPointer != nil)
            #expect(finding.override == "schema")
            #expect(!finding.message.isEmpty)
            #expect(!finding.message.contains("\"x\""))
            #expect(try await client.get("/api/configs/parsing/history").list.count == 2)
            #expect(try await client.get("/stats")["configs_updated"] == before["configs_updated"])
        }
    }

    @Test func isRefusedWithThePlacesThatAreWrong() async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.put, path, SampleSchema.body(#"{"properties":{"a":{"type":17}}}"#))
            #expect(answer.status == 422, "\(answer.text)")
            #expect(answer.problem == "invalid-schema", "\(answer.text)")
            guard case .array(let problems)? = answer["problems"], case .object(let first)? = problems.first else {
                Issue.record("\(answer.text)")
                return
            }
            #expect(first["pointer"] != nil)
            #expect(first["message"] != nil)
            #expect(try await client.get(path).problem == "unknown")
        }
    }

    static let bodies: [(String, String)] = [
        ("{}", "invalid-field"), (#"{"schema":{},"cheks":"each"}"#, "unknown-field"),
        (#"{"schema":{},"checks":"all"}"#, "invalid-field"), (#"{"schema":{},"override":["all"]}"#, "invalid-override"),
        ("[]", "not-an-object"), (#"{"schema":"x"}"#, "invalid-schema"), (#"{"schema":null}"#, "invalid-schema"),
        (#"{"schema":{},"expected_version":7}"#, "version-mismatch"),
    ]

    @Test(arguments: bodies)
    func refusesABodyByName(_ body: String, _ type: String) async throws {
        try await TestServer.run { client in
            let answer = try await client.call(.put, path, body)
            #expect(answer.problem == type, "\(answer.text)")
            #expect(try await client.get(path).status == 404)
        }
    }

    @Test func thatHeadsDoNotFitIsRefusedUnlessItIsForced() async throws {
        try await TestServer.run { client in
            try await client.create("parsing?environment=prod", #"{"db":{"port":"x"}}"#)
            try await client.create("parsing", #"{"db":{"port":1}}"#)
            let refused = try await client.call(.put, path, SampleSchema.body(SampleSchema.port))
            #expect(refused.status == 422)
            #expect(refused.problem == "schema-breaks")
            #expect(refused["hidden"] == 0)
            guard case .array(let breaks)? = refused["breaks"], case .object(let found)? = breaks.first else {
                Issue.record("\(refused.text)")
                return
            }
            #expect(breaks.count == 1)
            #expect(found["environment"] == "prod")
            #expect(found["version"] == 1)
            let forced = try await client.call(
                .put, path, SampleSchema.body(SampleSchema.port, #","override":["schema-breaks"]"#))
            #expect(forced.status == 201, "\(forced.text)")
            #expect(forced["overrides"] == #"["schema-breaks"]"#, "\(forced.text)")
            #expect(forced["checked"]?.description == #"{"documents":2}"#)
            #expect(try await client.get("/api/configs/parsing?environment=prod").status == 200)
            let next = try await client.update("parsing?environment=prod", #"{"db":{"port":"y"}}"#)
            #expect(next.problem == "checks-failed")
            #expect(try await client.get(path + "/history").list.first?["overrides"] == #"["schema-breaks"]"#)
        }
    }

    @Test func isTriedOnDocumentsAndTheirPast() async throws {
        try await TestServer.run { client in
            let none = try await client.call(.post, path + "/check", "{}")
            #expect(none.problem == "unknown")
            #expect(none.detail == (try await client.get(path).detail), "one sentence in all calls")
            let invalid = try await client.call(.post, path + "/check", #"{"schema":{"type":5}}"#)
            #expect(invalid.problem == "invalid-schema" && !invalid.text.contains("stored"), "\(invalid.text)")
            try await client.create("parsing", #"{"db":{"port":"old"}}"#)
            try await client.update("parsing", #"{"db":{"port":1}}"#)
            try await client.create("parsing?environment=prod", #"{"db":{"port":2}}"#)
            _ = try await client.call(.put, path, SampleSchema.body(SampleSchema.port))
            let present = try await client.call(.post, path + "/check", "{}")
            #expect(present.status == 200)
            #expect(present["valid"] == .bool(true))
            #expect(present["version"] == 1)
            let past = try await client.call(.post, path + "/check", #"{"history":20}"#)
            #expect(past["valid"] == .bool(false), "\(past.text)")
            #expect(Self.verdicts(past) == ["default@2 true", "default@1 false", "prod@1 true"])
            let other = try await client.call(
                .post, path + "/check", #"{"schema":\#(SampleSchema.name),"history":1}"#)
            #expect(Self.verdicts(other) == ["default@2 false", "prod@1 false"])
            #expect(other["version"] == nil)
            #expect(try await client.get(path).text.contains("port"))
            #expect(try await client.call(.post, path + "/check", #"{"history":101}"#).problem == "invalid-field")
        }
    }

    private static func verdicts(_ answer: Answer) -> [String] {
        guard case .array(let documents)? = answer["documents"] else { return [] }
        return documents.compactMap { document in
            guard case .object(let object) = document, case .string(let environment)? = object["environment"],
                let version = object["version"], let valid = object["valid"]
            else { return nil }
            return "\(environment)@\(version) \(valid)"
        }
    }

    @Test func isListedApartFromDocuments() async throws {
        try await TestServer.run { client in
            for service in ["b", "a.x", "a", "c"] {
                _ = try await client.call(
                    .put, "/api/configs/\(service)/schema", SampleSchema.body(SampleSchema.port))
            }
            _ = try await client.call(.delete, "/api/configs/c/schema")
            #expect(try await client.get("/api/configs").text == "[]")
            let names = { (answer: Answer) in answer.list.compactMap { $0["service_name"]?.description } }
            #expect(names(try await client.get("/api/schemas")) == ["\"a\"", "\"a.x\"", "\"b\""])
            #expect(names(try await client.get("/api/schemas?prefix=a&view=heads")) == ["\"a\"", "\"a.x\""])
            #expect(names(try await client.get("/api/schemas?deleted=true")).count == 4)
            let first = try await client.get("/api/schemas?limit=2")
            let next = try #require(first.header("Link")?.firstMatch(of: /<([^>]*)>/)?.1)
            #expect(names(try await client.get(String(next))) == ["\"b\""])
            #expect(try await client.get("/api/schemas?cursor=a/b").problem == "invalid-parameter")
        }
    }

    /// Lists, streams and batches are about documents.
    @Test func isInNoAnswerAboutDocuments() async throws {
        try await TestServer.run { client in
            try await client.create("parsing", #"{"db":{"port":1}}"#)
            _ = try await client.call(.put, path, SampleSchema.body(SampleSchema.port))
            for target in ["/api/configs?deleted=true", "/api/configs?prefix=parsing", "/health", "/stats"] {
                let answer = try await client.get(target)
                #expect(!answer.text.contains("~"), "\(target)")
                #expect(!answer.text.contains("properties"), "\(target)")
            }
            let batch = try await client.call(
                .post, "/api/configs:batchGet", #"{"documents":[{"service_name":"parsing","environment":"~schema"}]}"#)
            #expect(batch.problem == "invalid-name")
        }
    }
}
