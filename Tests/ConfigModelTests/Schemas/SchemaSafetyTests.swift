import SchemaValidation
import Testing

/// A schema or document that would take the C++ library down or make it loop is refused or harmless.
@Suite struct SchemaSafetyTests {
    @Test(arguments: [
        ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
        ##"{"if":true,"then":{"$ref":"#"}}"##,
        ##"{"dependencies":{"a":{"$ref":"#"}}}"##,
        ##"{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"anyOf":[{"$ref":"#/definitions/a"}]}},"$ref":"#/definitions/a"}"##,
        ##"{"properties":{"x":{"oneOf":[{"$ref":"#/properties/x"}]}}}"##,
    ])
    func refusesCircles(schema: String) throws {
        let error = try #require(throws: SchemaError.self) { try JSONSchema(Array(schema.utf8)) }
        #expect(error.reason.contains("refers to itself"))
    }

    @Test(arguments: [
        ##"{"$ref":"#/definitions/missing"}"##, ##"{"$ref":"#/const","const":{}}"##,
        ##"{"$ref":"http://example.com/schema"}"##,
        ##"{"$ref":"other.json"}"##, ##"{"$ref":"#anchor"}"##, ##"{"$ref":1}"##, ##"{"$ref":"#/%zz"}"##,
        ##"{"properties":{"a":{"$ref":""}}}"##,
        ##"{"unknown":{"type":"null"},"properties":{"a":{"$ref":"#/unknown"}}}"##,
    ])
    func refusesReferencesThatLeadNowhere(schema: String) throws {
        let error = try #require(throws: SchemaError.self) { try JSONSchema(Array(schema.utf8)) }
        #expect(error.reason.contains("$ref"))
    }

    @Test(arguments: [
        #"{"multipleOf":0}"#, #"{"multipleOf":-1}"#, #"{"multipleOf":1e-400}"#, #"{"multipleOf":"1"}"#,
        #"{"maxLength":-1}"#, #"{"maxLength":1.5}"#,
        #"{"minItems":1e300}"#, #"{"minimum":"1"}"#, #"{"minimum":1e999}"#, #"{"enum":[]}"#, #"{"enum":{}}"#,
        #"{"required":"a"}"#, #"{"required":[1]}"#,
        #"{"type":[]}"#, #"{"type":"any"}"#, #"{"pattern":1}"#, #"{"uniqueItems":1}"#, #"{"items":1}"#,
        #"{"items":[]}"#, #"{"allOf":[]}"#,
        #"{"allOf":{}}"#, #"{"not":1}"#, #"{"dependencies":{"a":[1]}}"#, #"{"dependencies":[]}"#,
        #"{"additionalProperties":1}"#,
    ])
    func refusesOperandsThatMakeNoSense(schema: String) {
        #expect(throws: SchemaError.self) { try JSONSchema(Array(schema.utf8)) }
    }

    @Test(arguments: ["(", "[", "*", "a{2,1}", "(a)\\1", "\\"])
    func refusesPatternsThatCannotBeUsed(pattern: String) {
        let escaped = pattern.replacing("\\", with: "\\\\")
        #expect(throws: SchemaError.self) { try JSONSchema(Array(#"{"pattern":"\#(escaped)"}"#.utf8)) }
        #expect(throws: SchemaError.self) { try JSONSchema(Array(#"{"patternProperties":{"\#(escaped)":true}}"#.utf8)) }
    }

    @Test(arguments: [
        "^(a|b|c|[d-z])*$", "(a+)+$", "(a|a)*b", "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaa$",
    ])
    func matchesLongTextsInLinearTime(pattern: String) throws {
        let schema = try JSONSchema(Array(#"{"pattern":"\#(pattern)"}"#.utf8))
        let text = String(repeating: "a", count: 100_000)
        _ = try schema.validate(Array("\"\(text)\"".utf8))
        #expect(try !schema.validate(Array("\"\(text)!\"".utf8)).isEmpty)
    }

    @Test func refusesLongKeysWherePatternsMatchKeys() throws {
        let schema = try JSONSchema(Array(#"{"patternProperties":{"^[ab]*$":{"type":"integer"}}}"#.utf8))
        #expect(try schema.validate(Array("{\"\(String(repeating: "a", count: 256))\":1}".utf8)) == [])
        #expect(try !schema.validate(Array("{\"\(String(repeating: "a", count: 257))\":1}".utf8)).isEmpty)
        #expect(try !schema.validate(Array("[{\"\(String(repeating: "a", count: 100_000))\":1}]".utf8)).isEmpty)
    }

    @Test func findsRepeatedElementsOfLongArrays() throws {
        let schema = try JSONSchema(Array(#"{"uniqueItems":true}"#.utf8))
        let numbers = (0..<100_000).map { String($0) }.joined(separator: ",")
        #expect(try schema.validate(Array("[\(numbers)]".utf8)) == [])
        #expect(try schema.validate(Array("[\(numbers),0]".utf8)).count == 1)
    }

    @Test func survivesDeepDocuments() throws {
        let schema = try JSONSchema(Array(##"{"additionalProperties":{"$ref":"#"},"items":{"$ref":"#"}}"##.utf8))
        let deep = String(repeating: "[", count: 512) + String(repeating: "]", count: 512)
        #expect(try schema.validate(Array(deep.utf8)) == [])
        let deeper = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
        #expect(throws: SchemaError.self) { try schema.validate(Array(deeper.utf8)) }
    }

    @Test(arguments: [
        "maxLength", "minLength", "format", "pattern", "uniqueItems", "multipleOf", "required", "propertyNames",
        "contains",
    ])
    func ignoresValuesOfOtherTypes(keyword: String) throws {
        let operands = [
            "format": "\"date\"", "pattern": "\"x\"", "uniqueItems": "true", "required": "[\"a\"]",
            "propertyNames": "false", "contains": "false",
        ]
        let schema = try JSONSchema(Array("{\"\(keyword)\":\(operands[keyword] ?? "5")}".utf8))
        for document in ["null", "true"] { #expect(try schema.validate(Array(document.utf8)) == []) }
    }
}
