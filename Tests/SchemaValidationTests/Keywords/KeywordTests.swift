import ConfigModel
import SchemaValidation
import Testing

/// What a violation says: where, which keyword, where that stands, and one sentence without the value.
@Suite struct KeywordTests {
    /// A schema, a document that breaks it with `MARKER` in every string, the keyword, and where it stands.
    private static let keywords: [(String, String, String, String)] = [
        (#"{"type":"integer"}"#, #""MARKER""#, "type", "/type"),
        (#"{"enum":["a","b"]}"#, #""MARKER""#, "enum", "/enum"),
        (#"{"const":{"a":1}}"#, #"{"a":"MARKER"}"#, "const", "/const"),
        (#"{"multipleOf":5}"#, "6666.5", "multipleOf", "/multipleOf"),
        (#"{"maximum":5}"#, "6666.5", "maximum", "/maximum"),
        (#"{"exclusiveMaximum":5}"#, "6666.5", "exclusiveMaximum", "/exclusiveMaximum"),
        (#"{"minimum":5}"#, "-6666.5", "minimum", "/minimum"),
        (#"{"exclusiveMinimum":5}"#, "-6666.5", "exclusiveMinimum", "/exclusiveMinimum"),
        (#"{"maxLength":2}"#, #""MARKER""#, "maxLength", "/maxLength"),
        (#"{"minLength":20}"#, #""MARKER""#, "minLength", "/minLength"),
        (#"{"pattern":"^[a-z]+$"}"#, #""MARKER""#, "pattern", "/pattern"),
        (#"{"format":"date"}"#, #""MARKER""#, "format", "/format"),
        (#"{"maxItems":0}"#, #"["MARKER"]"#, "maxItems", "/maxItems"),
        (#"{"minItems":2}"#, #"["MARKER"]"#, "minItems", "/minItems"),
        (#"{"uniqueItems":true}"#, #"["MARKER","MARKER"]"#, "uniqueItems", "/uniqueItems"),
        (#"{"contains":{"type":"null"}}"#, #"["MARKER"]"#, "contains", "/contains"),
        (#"{"items":false}"#, #"["MARKER"]"#, "items", "/items"),
        (#"{"items":[true],"additionalItems":false}"#, #"["MARKER","MARKER"]"#, "additionalItems", "/additionalItems"),
        (#"{"maxProperties":0}"#, #"{"a":"MARKER"}"#, "maxProperties", "/maxProperties"),
        (#"{"minProperties":2}"#, #"{"a":"MARKER"}"#, "minProperties", "/minProperties"),
        (#"{"required":["b"]}"#, #"{"a":"MARKER"}"#, "required", "/required"),
        (#"{"properties":{"a":false}}"#, #"{"a":"MARKER"}"#, "properties", "/properties/a"),
        (#"{"patternProperties":{"^a":false}}"#, #"{"a":"MARKER"}"#, "patternProperties", "/patternProperties/^a"),
        (#"{"additionalProperties":false}"#, #"{"a":"MARKER"}"#, "additionalProperties", "/additionalProperties"),
        (#"{"dependencies":{"a":["b"]}}"#, #"{"a":"MARKER"}"#, "dependencies", "/dependencies"),
        (#"{"propertyNames":{"maxLength":0}}"#, #"{"a":"MARKER"}"#, "propertyNames", "/propertyNames"),
        (#"{"if":true,"then":false}"#, #""MARKER""#, "then", "/then"),
        (#"{"if":false,"else":false}"#, #""MARKER""#, "else", "/else"),
        (#"{"allOf":[false]}"#, #""MARKER""#, "allOf", "/allOf/0"),
        (#"{"anyOf":[false,{"type":"null"}]}"#, #""MARKER""#, "anyOf", "/anyOf"),
        (#"{"oneOf":[true,{"type":"string"}]}"#, #""MARKER""#, "oneOf", "/oneOf"),
        (#"{"not":{"type":"string"}}"#, #""MARKER""#, "not", "/not"),
        (##"{"$ref":"#/definitions/n","definitions":{"n":false}}"##, #""MARKER""#, "$ref", "/definitions/n"),
    ]

    @Test(arguments: KeywordTests.keywords)
    func everyKeywordOfDraft7IsNamed(schema: String, document: String, keyword: String, place: String) throws {
        let found = try Checking.violations(Checking.draft7(schema), document)
        #expect(found.map(\.keyword) == [keyword])
        #expect(found.map(\.schemaPointer) == [place])
        let message = try #require(found.first).message
        #expect(!message.contains("MARKER") && !message.contains("6666"))
        #expect(message.hasSuffix(".") && message.count < 200)
    }

    private static let laterKeywords: [(String, String, String, String, String)] = [
        (#"{"prefixItems":[true,false]}"#, "[1,2]", "/1", "prefixItems", "/prefixItems/1"),
        (#"{"contains":true,"minContains":2}"#, "[1]", "", "minContains", "/minContains"),
        (#"{"contains":true,"maxContains":1}"#, "[1,2]", "", "maxContains", "/maxContains"),
        (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, "", "dependentRequired", "/dependentRequired"),
        (#"{"dependentSchemas":{"a":false}}"#, #"{"a":1}"#, "", "dependentSchemas", "/dependentSchemas/a"),
        (#"{"prefixItems":[true],"unevaluatedItems":false}"#, "[1,2]", "/1", "unevaluatedItems", "/unevaluatedItems"),
        (
            #"{"unevaluatedProperties":false}"#, #"{"a/b":1}"#, "/a~1b", "unevaluatedProperties",
            "/unevaluatedProperties"
        ),
    ]

    @Test(arguments: KeywordTests.laterKeywords)
    func everyKeywordThatCameLaterIsNamed(
        schema: String, document: String, pointer: String, keyword: String, place: String
    ) throws {
        let found = try Checking.violations(schema, document)
        #expect(found.map(\.pointer) == [pointer])
        #expect(found.map(\.keyword) == [keyword])
        #expect(found.map(\.schemaPointer) == [place])
    }

    @Test func allViolationsAreFoundAndNoMoreThanAreWanted() throws {
        let schema = try Checking.schema(
            ##"{"$defs":{"port":{"type":"integer","maximum":9}},"additionalProperties":{"$ref":"#/$defs/port"},"required":["z"]}"##
        )
        let document = try JSONValue(parsing: #"{"a":"x","b":10,"c":10.5,"d":1}"#)
        let all = try schema.violations(in: document, atMost: 100)
        #expect(
            all.map { "\($0.pointer) \($0.schemaPointer)" } == [
                "/a /$defs/port/type", "/b /$defs/port/maximum", "/c /$defs/port/maximum", "/c /$defs/port/type",
                " /required",
            ])
        #expect(try schema.violations(in: document, atMost: 2) == Array(all.prefix(2)))
    }

    @Test(arguments: [
        (#"{"type":"integer"}"#, "1.5", "This must be an integer, not a number with a fraction."),
        (#"{"type":["string","null"]}"#, "[]", "This must be null or a string, not an array."),
        (#"{"enum":["debug",1,null]}"#, "2", #"This must be one of "debug", 1, null."#),
        (#"{"const":"on"}"#, "2", #"This must be "on"."#), (#"{"minimum":1}"#, "0", "This must be at least 1."),
        (#"{"exclusiveMaximum":1e400}"#, "2e400", "This must be below 1e400."),
        (#"{"maxItems":1}"#, "[1,2]", "This must have at most 1 elements, not 2."),
        (#"{"required":["host"]}"#, "{}", #"The member "host" is missing."#),
        (
            #"{"dependentRequired":{"user":["password"]}}"#, #"{"user":1}"#,
            #"The member "password" is missing, which "user" asks for."#
        ),
        (#"{"oneOf":[true,true]}"#, "1", "This must fit one of the 2 alternatives, not 2."),
        (#"{"anyOf":[{"type":"integer"},{"type":"null"}]}"#, #""a""#, "This must be an integer or null, not a string."),
        (#"{"anyOf":[{"minimum":2},{"multipleOf":2}]}"#, "1", "This fits none of the 2 alternatives."),
        (
            ##"{"$defs":{"a":{"type":"object","required":["b"]}},"anyOf":[{"$ref":"#/$defs/a"},{"type":"null"}]}"##,
            "{}",
            #"This fits none of the 2 alternatives; the nearest one says: The member "b" is missing."#
        ),
        (
            ##"{"anyOf":[{"type":"object","properties":{"b":{"maximum":1}}},{"type":"null"}]}"##, #"{"b":2}"#,
            "This fits none of the 2 alternatives; the nearest one says: /b: This must be at most 1."
        ),
        (#"{"additionalProperties":false}"#, #"{"a":1}"#, "No member of this name is allowed."),
        (#"{"prefixItems":[true],"items":false}"#, "[1,2]", "No element is allowed at this place."),
        ("false", "1", "Nothing is allowed here."),
        (#"{"format":"time"}"#, #""9h""#, "This must be a time (RFC 3339), for example 21:30:00Z."),
    ])
    func theSentenceSaysWhatIsExpected(schema: String, document: String, message: String) throws {
        #expect(try Checking.violations(schema, document).map(\.message) == [message])
    }
}
