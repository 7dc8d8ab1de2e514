import ConfigModel
import SchemaValidation
import Testing

/// A schema or document that would make a validator loop or take for ever is refused or harmless.
@Suite struct SchemaSafetyTests {
    @Test(arguments: [
        ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##, ##"{"not":{"$ref":"#"}}"##,
        ##"{"if":true,"then":{"$ref":"#"}}"##,
        ##"{"dependencies":{"a":{"$ref":"#"}}}"##,
        ##"{"definitions":{"a":{"$ref":"#/definitions/b"},"b":{"anyOf":[{"$ref":"#/definitions/a"}]}},"$ref":"#/definitions/a"}"##,
        ##"{"properties":{"x":{"oneOf":[{"$ref":"#/properties/x"}]}}}"##,
    ])
    func refusesCircles(schema: String) throws {
        let error = try #require(throws: SchemaError.self) { try Checking.schema(Checking.draft7(schema)) }
        #expect(error.reason.contains("refers to itself"))
    }

    @Test(arguments: [
        ##"{"$ref":"#/definitions/missing"}"##, ##"{"$ref":"#/const","const":{}}"##,
        ##"{"$ref":"http://example.com/schema"}"##,
        ##"{"$ref":"other.json"}"##, ##"{"$ref":"#anchor"}"##, ##"{"$ref":1}"##, ##"{"$ref":"#/%zz"}"##,
        ##"{"unknown":{"type":"null"},"properties":{"a":{"$ref":"#/unknown"}}}"##,
    ])
    func refusesReferencesThatLeadNowhere(schema: String) throws {
        let error = try #require(throws: SchemaError.self) { try Checking.schema(Checking.draft7(schema)) }
        #expect(error.reason.contains("$ref"))
    }

    @Test(arguments: [
        #"{"multipleOf":0}"#, #"{"multipleOf":-1}"#, #"{"multipleOf":"1"}"#,
        #"{"maxLength":-1}"#, #"{"maxLength":1.5}"#,
        #"{"minimum":"1"}"#, #"{"minimum":1e9999999999999999999999}"#, #"{"enum":{}}"#,
        #"{"required":"a"}"#, #"{"required":[1]}"#,
        #"{"type":[]}"#, #"{"type":"any"}"#, #"{"pattern":1}"#, #"{"uniqueItems":1}"#, #"{"items":1}"#,
        #"{"items":[]}"#, #"{"allOf":[]}"#,
        #"{"allOf":{}}"#, #"{"not":1}"#, #"{"dependencies":{"a":[1]}}"#, #"{"dependencies":[]}"#,
        #"{"additionalProperties":1}"#,
    ])
    func refusesOperandsThatMakeNoSense(schema: String) {
        #expect(throws: SchemaError.self) { try Checking.schema(Checking.draft7(schema)) }
    }

    @Test(arguments: ["(", "[", "*", "a{2,1}", "(a)\\1", "\\"])
    func refusesPatternsThatCannotBeUsed(pattern: String) {
        let escaped = pattern.replacing("\\", with: "\\\\")
        #expect(throws: SchemaError.self) { try Checking.schema(#"{"pattern":"\#(escaped)"}"#) }
        #expect(throws: SchemaError.self) { try Checking.schema(#"{"patternProperties":{"\#(escaped)":true}}"#) }
    }

    @Test(
        .timeLimit(.minutes(1)),
        arguments: [
            "^(a|b|c|[d-z])*$", "(a+)+$", "(a|a)*b", "a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?a?aaaaaaaaaaaaaaaaaaaaaaaaaaa$",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
        ])
    func patternsTakeLinearTimeForValuesAndKeys(pattern: String) throws {
        let text = String(repeating: "a", count: 100_000)
        let ofValue = try Checking.schema(#"{"pattern":"\#(pattern)"}"#)
        _ = try ofValue.violations(in: .string(text), atMost: 1)
        #expect(try !ofValue.violations(in: .string(text + "!"), atMost: 1).isEmpty)
        let ofKey = try Checking.schema(#"{"patternProperties":{"\#(pattern)":true},"additionalProperties":false}"#)
        var object = JSONObject()
        object[text + "!"] = .null
        #expect(try !ofKey.violations(in: .object(object), atMost: 1).isEmpty)
    }

    @Test func repeatedElementsOfLongArraysAreFound() throws {
        let schema = try Checking.schema(#"{"uniqueItems":true}"#)
        let numbers = (0..<100_000).map { JSONValue.number(JSONNumber($0)) }
        #expect(try schema.violations(in: .array(numbers), atMost: 2) == [])
        #expect(try schema.violations(in: .array(numbers + [numbers[7]]), atMost: 2).count == 1)
    }

    @Test func theDeepestDocumentThatIsReadIsChecked() throws {
        let schema = try Checking.schema(
            ##"{"additionalProperties":{"$ref":"#"},"items":{"$ref":"#"},"not":{"const":1}}"##)
        let limits = JSONLimits(maximumDepth: 512)
        let (open, close) = (String(repeating: "[", count: 512), String(repeating: "]", count: 512))
        #expect(try schema.violations(in: try JSONValue(parsing: open + close, limits: limits), atMost: 2) == [])
        let wrong = try JSONValue(parsing: open + "1.0" + close, limits: limits)
        #expect(try schema.violations(in: wrong, atMost: 2).map(\.pointer) == [String(repeating: "/0", count: 512)])
    }

    @Test(arguments: [
        ("maxLength", "5"), ("minLength", "5"), ("format", #""date""#), ("pattern", #""x""#), ("uniqueItems", "true"),
        ("multipleOf", "5"), ("required", #"["a"]"#), ("propertyNames", "false"), ("contains", "false"),
    ])
    func keywordsIgnoreValuesOfOtherTypes(keyword: String, operand: String) throws {
        for document in ["null", "true"] {
            #expect(try Checking.violations("{\"\(keyword)\":\(operand)}", document) == [])
        }
    }
}
