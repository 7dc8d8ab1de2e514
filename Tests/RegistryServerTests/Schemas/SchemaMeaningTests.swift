import ConfigModel
import HTTPTypes
import HummingbirdTesting
import TestSupport
import Testing

@testable import RegistryServer

/// What schemas mean, over HTTP: which keyword a finding names, which drafts there are, what is refused and what is warned of.
@Suite(.timeLimit(.minutes(2))) struct SchemaMeaningTests {
    /// A schema of draft-07 for the member `v`, a value that breaks it with `MARKER` in it, and the keyword.
    static let keywords: [(String, String, String)] = [
        (#"{"type":"integer"}"#, #""MARKER""#, "type"), (#"{"enum":["a","b"]}"#, #""MARKER""#, "enum"),
        (#"{"const":{"a":1}}"#, #"{"a":"MARKER"}"#, "const"), (#"{"multipleOf":5}"#, "6666.5", "multipleOf"),
        (#"{"maximum":5}"#, "6666.5", "maximum"), (#"{"exclusiveMaximum":5}"#, "6666.5", "exclusiveMaximum"),
        (#"{"minimum":5}"#, "-6666.5", "minimum"), (#"{"exclusiveMinimum":5}"#, "-6666.5", "exclusiveMinimum"),
        (#"{"maxLength":2}"#, #""MARKER""#, "maxLength"), (#"{"minLength":20}"#, #""MARKER""#, "minLength"),
        (#"{"pattern":"^[a-z]+$"}"#, #""MARKER""#, "pattern"), (#"{"format":"date"}"#, #""MARKER""#, "format"),
        (#"{"maxItems":0}"#, #"["MARKER"]"#, "maxItems"), (#"{"minItems":2}"#, #"["MARKER"]"#, "minItems"),
        (#"{"uniqueItems":true}"#, #"["MARKER","MARKER"]"#, "uniqueItems"),
        (#"{"contains":{"type":"null"}}"#, #"["MARKER"]"#, "contains"),
        (#"{"items":false}"#, #"["MARKER"]"#, "items"),
        (#"{"items":[true],"additionalItems":false}"#, #"["MARKER","MARKER"]"#, "additionalItems"),
        (#"{"maxProperties":0}"#, #"{"a":"MARKER"}"#, "maxProperties"),
        (#"{"minProperties":2}"#, #"{"a":"MARKER"}"#, "minProperties"),
        (#"{"required":["b"]}"#, #"{"a":"MARKER"}"#, "required"),
        (#"{"properties":{"a":false}}"#, #"{"a":"MARKER"}"#, "properties"),
        (#"{"patternProperties":{"^a":false}}"#, #"{"a":"MARKER"}"#, "patternProperties"),
        (#"{"additionalProperties":false}"#, #"{"a":"MARKER"}"#, "additionalProperties"),
        (#"{"dependencies":{"a":["b"]}}"#, #"{"a":"MARKER"}"#, "dependencies"),
        (#"{"propertyNames":{"maxLength":0}}"#, #"{"a":"MARKER"}"#, "propertyNames"),
        (#"{"if":true,"then":false}"#, #""MARKER""#, "then"), (#"{"if":false,"else":false}"#, #""MARKER""#, "else"),
        (#"{"allOf":[false]}"#, #""MARKER""#, "allOf"), (#"{"anyOf":[false,{"type":"null"}]}"#, #""MARKER""#, "anyOf"),
        (#"{"oneOf":[true,{"type":"string"}]}"#, #""MARKER""#, "oneOf"),
        (#"{"not":{"type":"string"}}"#, #""MARKER""#, "not"),
    ]

    private static func put(
        _ client: any TestClientProtocol, _ service: String, _ schema: String
    ) async throws -> Answer {
        try await client.call(.put, "/api/configs/\(service)/schema", SampleSchema.body(schema))
    }

    @Test func aFindingNamesTheKeywordAndNoValueForEveryKeywordOfDraft7() async throws {
        try await TestServer.run { client in
            for (number, (schema, value, keyword)) in Self.keywords.enumerated() {
                let whole =
                    #"{"$schema":"http://json-schema.org/draft-07/schema#","properties":{"v":\#(schema)}}"#
                let put = try await Self.put(client, "s\(number)", whole)
                #expect(put.status == 201 && put["warnings"] == .array([]), "\(keyword): \(put.text)")
                let answer = try await client.create("s\(number)", #"{"v":\#(value)}"#)
                #expect(answer.problem == "checks-failed", "\(keyword): \(answer.text)")
                #expect(answer.objects("findings").map { $0["keyword"] } == [.string(keyword)], "\(answer.text)")
                #expect(!answer.text.contains("MARKER") && !answer.text.contains("6666"), "\(answer.text)")
            }
        }
    }

    /// As pydantic 2 writes it.
    private static let generated = ##"""
        {"$defs":{"Endpoint":{"properties":{"host":{"title":"Host","type":"string"},"port":{"default":443,"exclusiveMinimum":0,
        "title":"Port","type":"integer"}},"required":["host"],"title":"Endpoint","type":"object"}},
        "properties":{"pair":{"maxItems":2,"minItems":2,"prefixItems":[{"type":"string"},{"type":"integer"}],"type":"array"},
        "main":{"$ref":"#/$defs/Endpoint","description":"beside a reference","minProperties":2}},
        "required":["pair","main"],"title":"Service","type":"object","unevaluatedProperties":false}
        """##

    @Test func whatPydanticWritesIsTakenAndEnforced() async throws {
        try await TestServer.run { client in
            let put = try await Self.put(client, "s", Self.generated)
            #expect(put.status == 201 && put["warnings"] == .array([]), "\(put.text)")
            for (document, pointers) in [
                (#"{"pair":["a","b"],"main":{"host":"h","port":1}}"#, ["/pair/1"]),
                (#"{"pair":["a",1],"main":{"host":"h"}}"#, ["/main"]),
                (#"{"pair":["a",1],"main":{"host":"h","port":0},"other":1}"#, ["/main/port", "/other"]),
            ] {
                let answer = try await client.create("s", document)
                let found = answer.objects("findings").compactMap { $0["pointer"]?.description }
                #expect(found.sorted() == pointers.map { "\"\($0)\"" }, "\(answer.text)")
            }
            #expect(try await client.create("s", #"{"pair":["a",1],"main":{"host":"h","port":1}}"#).status == 201)
        }
    }

    @Test(arguments: [
        ("http://json-schema.org/draft-04/schema#", "draft-04"),
        ("http://json-schema.org/draft-06/schema#", "draft-06"),
        ("https://example.com/mine", "example.com/mine"),
    ])
    func anotherDraftIsRefusedByName(uri: String, name: String) async throws {
        try await TestServer.run { client in
            let answer = try await Self.put(client, "s", #"{"$schema":"\#(uri)"}"#)
            #expect(answer.problem == "invalid-schema" && answer.detail.contains(name), "\(answer.text)")
            #expect(answer.detail.contains("draft 2020-12"), "\(answer.text)")
            #expect(try await client.get("/api/configs/s/schema").status == 404)
        }
    }

    @Test(arguments: ["$ref", "$dynamicRef"])
    func aReferenceToAnotherDocumentIsRefusedAndNothingIsFetched(keyword: String) async throws {
        let listener = try ScriptedHTTPServer { _ in ScriptedAnswer([.hangUp]) }
        defer { listener.close() }
        let url = listener.url
        try await TestServer.run { client in
            for reference in ["\(url)/a.json", "file:///etc/passwd", "other.json"] {
                let answer = try await Self.put(client, "s", #"{"properties":{"a":{"\#(keyword)":"\#(reference)"}}}"#)
                #expect(answer.problem == "invalid-schema", "\(answer.text)")
                #expect(answer.detail.contains("this \(keyword) names another document"), "\(answer.text)")
                #expect(answer.detail.contains("bundle it"), "\(answer.text)")
            }
        }
        #expect(listener.connectionCount == 0)
    }

    @Test func aWordThatMeansNothingIsWarnedOfWithTheNearestThatDoes() async throws {
        try await TestServer.run { client in
            let put = try await Self.put(client, "s", #"{"requierd":["a"],"x-note":1,"configbus:not-secret":true}"#)
            #expect(put.status == 201, "\(put.text)")
            let warnings = put.objects("warnings")
            #expect(warnings.map { $0["schema_pointer"] } == ["/requierd"], "\(put.text)")
            #expect(warnings.first?["message"]?.description.contains("required") == true, "\(put.text)")
        }
    }
}
