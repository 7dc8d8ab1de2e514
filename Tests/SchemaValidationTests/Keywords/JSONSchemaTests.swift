import ConfigModel
import SchemaValidation
import Testing

@Suite struct JSONSchemaTests {
    private func violations(_ schema: String, _ document: String) throws -> [SchemaViolation] {
        try Checking.violations(Checking.draft7(schema), document)
    }

    @Test(arguments: [
        // schema, valid, invalid
        (#"{"type":"object"}"#, "{}", "[]"), (#"{"type":"integer"}"#, "1.0", "1.5"),
        (#"{"type":"integer"}"#, "18446744073709551617", "0.1"),
        (#"{"type":["string","null"]}"#, "null", "1"), (#"{"enum":[1,"a",{"b":[]}]}"#, #"{"b":[]}"#, #"{"b":[1]}"#),
        (#"{"anyOf":[{"enum":[]},{"type":"null"}]}"#, "null", "1"), (#"{"const":{"a":1}}"#, #"{"a":1.0}"#, #"{"a":2}"#),
        (#"{"multipleOf":3}"#, "9", "10"),
        (#"{"multipleOf":0.1}"#, "0.3", "0.35"),
        (#"{"minimum":0}"#, "18446744073709551615", "-1"), (#"{"exclusiveMaximum":10}"#, "9.9", "10"),
        (#"{"maximum":10}"#, "10", "11"),
        (#"{"exclusiveMinimum":1.5}"#, "2", "1.5"), (#"{"minLength":2,"maxLength":3.0}"#, #""😀é""#, #""😀""#),
        (#"{"pattern":"^[a-z]+$"}"#, #""abc""#, #""aBc""#), (#"{"pattern":"é.$"}"#, #""xé😀""#, #""e😀""#),
        (#"{"pattern":"b"}"#, "1", #""a""#),
        (#"{"items":{"type":"string"}}"#, #"["a"]"#, #"["a",1]"#),
        (#"{"items":[{"type":"string"}],"additionalItems":false}"#, #"["a"]"#, #"["a",1]"#),
        (#"{"minItems":1,"maxItems":2}"#, "[1]", "[]"),
        (#"{"uniqueItems":true}"#, #"[1,"1",true,{"a":1}]"#, #"[{"a":1,"b":2},{"b":2,"a":1.0}]"#),
        (#"{"contains":{"type":"null"}}"#, "[1,null]", "[1]"), (#"{"required":["a"]}"#, #"{"a":null}"#, "{}"),
        (#"{"minProperties":1,"maxProperties":1}"#, #"{"a":1}"#, "{}"),
        (#"{"properties":{"a":{"type":"string"}}}"#, #"{"a":"x","b":1}"#, #"{"a":1}"#),
        (#"{"patternProperties":{"^x-":{"type":"integer"}},"additionalProperties":false}"#, #"{"x-a":1}"#, #"{"y":1}"#),
        (#"{"additionalProperties":{"type":"integer"}}"#, #"{"a":1}"#, #"{"a":"b"}"#),
        (#"{"propertyNames":{"pattern":"^[a-z]+$"}}"#, #"{"a":1}"#, #"{"A":1}"#),
        (#"{"dependencies":{"a":["b"],"c":{"required":["d"]}}}"#, #"{"a":1,"b":2}"#, #"{"c":1}"#),
        (#"{"if":{"required":["a"]},"then":{"required":["b"]},"else":{"required":["c"]}}"#, #"{"c":1}"#, #"{"a":1}"#),
        (#"{"allOf":[{"minimum":1},{"maximum":3}]}"#, "2", "4"),
        (#"{"anyOf":[{"type":"string"},{"minimum":3}]}"#, "3", "2"),
        (#"{"oneOf":[{"minimum":1},{"maximum":3}]}"#, "0", "2"), (#"{"not":{"type":"string"}}"#, "1", #""a""#),
        (#"{"properties":{"a":false}}"#, "{}", #"{"a":1}"#),
        (
            ##"{"definitions":{"port":{"type":"integer","maximum":65535}},"properties":{"a":{"$ref":"#/definitions/port"}}}"##,
            #"{"a":1}"#, #"{"a":70000}"#
        ),
        (
            ##"{"properties":{"child":{"$ref":"#"},"n":{"type":"integer"}}}"##, #"{"child":{"child":{"n":1}}}"#,
            #"{"child":{"child":{"n":""}}}"#
        ),
        (
            ##"{"$defs":{"a/b":{"$ref":"#/properties/x%25y"}},"properties":{"x%y":{"type":"null"},"z":{"$ref":"#/$defs/a~1b"}}}"##,
            #"{"z":null}"#, #"{"z":1}"#
        ),
        (#"{"format":"date-time"}"#, #""2026-11-20T21:30:00.123Z""#, #""2026-11-31T21:30:00Z""#),
        (#"{"format":"date"}"#, #""2024-02-29""#, #""2023-02-29""#),
        (#"{"format":"time"}"#, #""23:59:60Z""#, #""24:00:00Z""#),
        (#"{"format":"ipv4"}"#, #""127.0.0.1""#, #""127.0.0.256""#),
        (#"{"format":"ipv6"}"#, #""::1""#, #"":::1""#), (#"{"format":"date"}"#, "12", #""12""#),
    ])
    func separatesValidFromInvalid(schema: String, valid: String, invalid: String) throws {
        #expect(try violations(schema, valid) == [])
        #expect(try !violations(schema, invalid).isEmpty)
    }

    @Test(arguments: [
        "true", "{}",
        #"{"title":"t","description":"d","$comment":"c","default":1,"examples":[],"unknown":{"type":"null"}}"#,
    ])
    func takesEverythingWithoutARule(schema: String) throws {
        for document in ["null", "1", "{}", #"{"a":[1]}"#] { #expect(try violations(schema, document) == []) }
    }

    @Test func namesThePlaceAndTheReason() throws {
        let schema = #"{"properties":{"db":{"properties":{"ports":{"items":{"type":"integer"}}},"required":["host"]}}}"#
        let found = try violations(schema, #"{"db":{"ports":[1,"x"]}}"#)
        #expect(Set(found.map(\.pointer)) == ["/db", "/db/ports/1"])
        #expect(found.contains { $0.description == "/db/ports/1: This must be an integer, not a string." })
    }

    @Test func escapesKeysInPointers() throws {
        let found = try violations(
            #"{"additionalProperties":{"additionalProperties":{"type":"null"}}}"#, #"{"a/b":{"m~n":1}}"#)
        #expect(found.map(\.pointer) == ["/a~1b/m~0n"])
    }

    @Test(arguments: ["{", #"{"type":"strin"}"#, "[]", "1", #"{"properties":[]}"#, #"{"properties":{"a":1}}"#])
    func refusesWhatIsNoSchema(schema: String) {
        #expect(throws: SchemaError.self) { try Checking.schema(Checking.draft7(schema)) }
    }

    /// One sentence for one mistake, whatever stands in the place of a name.
    @Test(arguments: ["5", #""nope""#, #"["string",5]"#, #"["nope"]"#, "[]", "null"])
    func saysWhichTypesThereAre(type: String) throws {
        let error = try #require(throws: SchemaError.self) { try Checking.schema(#"{"type":\#(type)}"#) }
        #expect(error.pointer == "/type")
        #expect(
            error.reason
                == "this must be null, boolean, integer, number, string, array or object, in quotes, or an array of these names."
        )
    }

    @Test(arguments: ["1e999", "-1e400", "1180591620717411303424"])
    func takesNumbersThatNoDoubleHolds(number: String) throws {
        #expect(try violations(#"{"type":"number"}"#, number).isEmpty)
    }

    @Test func isUsedByManyTasks() async throws {
        let schema = try Checking.schema(#"{"properties":{"n":{"type":"integer","pattern":"x"}}}"#)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<64 {
                group.addTask {
                    let document = number.isMultiple(of: 2) ? #"{"n":\#(number)}"# : #"{"n":"\#(number)"}"#
                    return try schema.violations(in: try JSONValue(parsing: document), atMost: 1).isEmpty
                        == number.isMultiple(of: 2)
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
