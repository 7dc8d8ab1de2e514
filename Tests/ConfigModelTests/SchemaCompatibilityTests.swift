import ConfigModel
import Testing

@Suite("What may refuse documents that another schema took") struct SchemaCompatibilityTests {
    private static func document(_ json: String) throws -> SchemaDocument {
        SchemaDocument(schema: try JSONValue(parsing: Array(json.utf8)))
    }

    /// The schema before, the schema now, and where the author is warned.
    static let narrower: [(String, String, [String])] = [
        (#"{"required":["a"]}"#, #"{"required":["a","b"]}"#, ["/required"]),
        (#"{}"#, #"{"required":["a","b"]}"#, ["/required", "/required"]),
        (
            #"{"properties":{"a":{},"b":{}},"additionalProperties":false}"#,
            #"{"properties":{"a":{}},"additionalProperties":false}"#, ["/properties"]
        ),
        (
            #"{"properties":{"a":{}}}"#, #"{"properties":{"a":{}},"additionalProperties":false}"#,
            ["/additionalProperties"]
        ),
        (#"{"type":["string","null"]}"#, #"{"type":"string"}"#, ["/type"]),
        (#"{"type":"number"}"#, #"{"type":"integer"}"#, ["/type"]),
        (#"{}"#, #"{"type":"object"}"#, ["/type"]),
        (#"{"enum":[1,2]}"#, #"{"enum":[1,3]}"#, ["/enum"]), (#"{}"#, #"{"enum":[1]}"#, ["/enum"]),
        (#"{"maximum":10}"#, #"{"maximum":9}"#, ["/maximum"]), (#"{}"#, #"{"minLength":1}"#, ["/minLength"]),
        (#"{"minItems":1}"#, #"{"minItems":2}"#, ["/minItems"]),
        (#"{}"#, #"{"pattern":"^a"}"#, ["/pattern"]), (#"{"pattern":"^b"}"#, #"{"pattern":"^a"}"#, ["/pattern"]),
        (#"{"const":1}"#, #"{"const":2}"#, ["/const"]), (#"true"#, #"false"#, [""]),
        (
            #"{"properties":{"a/b":{"items":{"maximum":2}}}}"#, #"{"properties":{"a/b":{"items":{"maximum":1}}}}"#,
            ["/properties/a~1b/items/maximum"]
        ),
        (#"{"$defs":{"x":{"type":"string"}}}"#, #"{"$defs":{"x":{"type":"null"}}}"#, ["/$defs/x/type"]),
        (#"{"allOf":[{"maxItems":2}]}"#, #"{"allOf":[{"maxItems":1}]}"#, ["/allOf/0/maxItems"]),
    ]

    @Test(arguments: narrower)
    func isNamedWithItsPlace(_ old: String, _ new: String, _ places: [String]) throws {
        let warnings = SchemaCompatibility.warnings(from: try Self.document(old), to: try Self.document(new))
        #expect(warnings.compactMap(\.schemaPointer) == places)
        #expect(warnings.allSatisfy { $0.rule == "compatibility" && $0.override == nil })
    }

    static let wider: [(String, String)] = [
        (#"{"required":["a","b"]}"#, #"{"required":["b"]}"#), (#"{"type":"integer"}"#, #"{"type":"number"}"#),
        (#"{"type":"string"}"#, #"{}"#), (#"{"enum":[1]}"#, #"{"enum":[2,1]}"#),
        (#"{"maximum":9}"#, #"{"maximum":10}"#), (#"{"minLength":1}"#, #"{"minLength":0}"#),
        (#"{"pattern":"^a"}"#, #"{"pattern":"^a"}"#), (#"false"#, #"{"required":["a"]}"#),
        (
            #"{"properties":{"a":{}},"additionalProperties":false}"#,
            #"{"properties":{"a":{},"b":{"type":"string"}},"additionalProperties":false}"#
        ),
        (#"{"properties":{"a":{},"b":{}}}"#, #"{"properties":{"a":{}}}"#), ("{}", "true"),
    ]

    @Test(arguments: wider)
    func isNothingThatTakesMore(_ old: String, _ new: String) throws {
        #expect(SchemaCompatibility.warnings(from: try Self.document(old), to: try Self.document(new)) == [])
    }

    @Test func isAnotherWayOfChecking() throws {
        let schema = JSONValue.object(JSONObject())
        let warnings = SchemaCompatibility.warnings(
            from: SchemaDocument(schema: schema), to: SchemaDocument(schema: schema, checks: .merged))
        #expect(warnings.count == 1)
    }

    @Test func isShownUpToAHundredPlaces() throws {
        let names = (0..<300).map { "\"n\($0)\"" }.joined(separator: ",")
        let new = try Self.document("{\"required\":[\(names)]}")
        #expect(SchemaCompatibility.warnings(from: try Self.document("{}"), to: new).count == 100)
    }

    @Test(arguments: [SchemaDocument.Checks.each, .merged])
    func aDocumentIsReadAsItWasWritten(_ checks: SchemaDocument.Checks) throws {
        let schema = try JSONValue(parsing: Array(#"{"b":1.0,"a":[true]}"#.utf8))
        let document = SchemaDocument(schema: schema, checks: checks)
        let text = #"{"checks":"\#(checks.rawValue)","schema":{"a":[true],"b":1.0}}"#
        #expect(String(decoding: document.content.bytes, as: UTF8.self) == text)
        #expect(try SchemaDocument(document.content) == document)
        #expect(document.content == (try Content(parsing: Array(text.utf8))))
    }

    @Test(arguments: ["{}", #"{"checks":"all","schema":{}}"#, #"{"checks":"each"}"#])
    func anotherObjectIsNoSchema(_ text: String) throws {
        let content = try Content(parsing: Array(text.utf8))
        #expect(throws: JSONFieldError.self) { try SchemaDocument(content) }
    }
}
