import ConfigModel
import RE2Patterns
import SchemaValidation
import TestSupport
import Testing

/// Which draft a schema is written in, and what it may refer to.
@Suite struct DraftTests {
    /// As pydantic 2 writes it.
    private static let generated = ##"""
        {"$defs":{"Endpoint":{"properties":{"host":{"title":"Host","type":"string"},"port":{"default":443,"exclusiveMinimum":0,
        "title":"Port","type":"integer"}},"required":["host"],"title":"Endpoint","type":"object"}},
        "properties":{"pair":{"maxItems":2,"minItems":2,"prefixItems":[{"type":"string"},{"type":"integer"}],"type":"array"},
        "main":{"$ref":"#/$defs/Endpoint","description":"beside a reference","minProperties":2},
        "spare":{"anyOf":[{"$ref":"#/$defs/Endpoint"},{"type":"null"}],"default":null}},
        "required":["pair","main"],"title":"Service","type":"object","unevaluatedProperties":false}
        """##

    private static let documents: [(String, [String])] = [
        (#"{"pair":["a",1],"main":{"host":"h","port":1}}"#, [String]()),
        (#"{"pair":["a","b"],"main":{"host":"h","port":1}}"#, ["/pair/1"]),
        (#"{"pair":["a",1],"main":{"host":"h"}}"#, ["/main"]),
        (#"{"pair":["a",1],"main":{"host":1,"port":0},"spare":{}}"#, ["/main/host", "/main/port", "/spare"]),
        (#"{"pair":["a",1],"main":{"host":"h","port":1},"other":1}"#, ["/other"]),
    ]

    @Test(arguments: DraftTests.documents)
    func whatPydanticWritesIsEnforced(document: String, places: [String]) throws {
        #expect(try Checking.schema(Self.generated).warnings == [])
        #expect(try Checking.violations(Self.generated, document).map(\.pointer).sorted() == places)
    }

    @Test(arguments: [
        ("http://json-schema.org/draft-04/schema#", "draft-04"), ("http://json-schema.org/draft-06/schema", "draft-06"),
        ("http://json-schema.org/draft-03/schema#", "draft-03"), ("https://example.com/mine", "example.com/mine"),
        ("http://json-schema.org/schema#", "json-schema.org/schema#"), ("", "no draft"),
    ])
    func otherDraftsAreRefusedByName(uri: String, name: String) throws {
        let error = try #require(throws: SchemaError.self) { try Checking.schema(#"{"$schema":"\#(uri)"}"#) }
        #expect(error.pointer == "/$schema")
        #expect(error.reason.contains(name) && error.reason.contains("draft 2020-12"))
    }

    @Test(arguments: [
        "http://localhost:1/schema.json", "file:///etc/passwd", "other.json", "../a.json#/x", "urn:uuid:1",
        "//host/a", "https://json-schema.org/draft/2020-12/hyper-schema", "http://json-schema.org/draft-04/schema#",
    ])
    func referencesToOtherDocumentsAreRefusedWithTheWayOut(reference: String) throws {
        for keyword in ["$ref", "$dynamicRef"] {
            let error = try #require(throws: SchemaError.self) {
                try Checking.schema(#"{"properties":{"a":{"\#(keyword)":"\#(reference)"}}}"#)
            }
            #expect(error.pointer == "/properties/a/\(keyword)")
            #expect(error.reason.hasPrefix("this \(keyword) names another document"))
            #expect(error.reason.contains("bundle it: put it under $defs") && error.reason.contains("$id"))
        }
    }

    @Test func aBundledDocumentIsFoundByItsAddress() throws {
        let schema = ##"""
            {"$id":"https://example.com/service","$defs":{"port":{"$id":"/types/port.json","type":"integer"}},
            "properties":{"port":{"$ref":"types/port.json"}}}
            """##
        #expect(try Checking.violations(schema, #"{"port":"x"}"#).map(\.schemaPointer) == ["/$defs/port/type"])
    }

    /// The same schema means something else in each draft.
    private static let differences: [(String, String, [Bool])] = [
        // Beside `$ref`.
        (##"{"$defs":{"a":true},"$ref":"#/$defs/a","type":"string"}"##, "1", [true, false, false]),
        // The keyword of a list of schemas.
        (#"{"prefixItems":[{"type":"string"}]}"#, "[1]", [true, true, false]),
        // What came with 2019-09.
        (#"{"dependentRequired":{"a":["b"]}}"#, #"{"a":1}"#, [true, false, false]),
        (#"{"unevaluatedProperties":false}"#, #"{"a":1}"#, [true, false, false]),
        (#"{"contains":{"type":"null"},"minContains":0}"#, "[1]", [false, true, true]),
        // Elements that `contains` has seen.
        (#"{"contains":{"type":"null"},"unevaluatedItems":false}"#, "[null]", [true, false, true]),
    ]

    @Test(arguments: DraftTests.differences)
    func eachDraftHasItsOwnRules(schema: String, document: String, isValid: [Bool]) throws {
        let decided = try SchemaFiles.drafts.map { draft in
            let whole = #"{"$schema":"\#(draft.uri)","# + String(schema.dropFirst())
            return try Checking.violations(whole, document).isEmpty
        }
        #expect(decided == isValid)
    }

    @Test func aSchemaWithoutADraftIsOfTheLast() throws {
        #expect(try !Checking.violations(#"{"prefixItems":[false]}"#, "[1]").isEmpty)
        let error = try #require(throws: SchemaError.self) { try Checking.schema(#"{"items":[true]}"#) }
        #expect(error.pointer == "/items" && error.reason.contains("prefixItems"))
    }

    @Test(arguments: SchemaFiles.drafts.map(\.uri))
    func theDraftsOwnSchemasAreThere(uri: String) throws {
        let schema = #"{"$ref":"\#(uri)"}"#
        #expect(try Checking.violations(schema, #"{"type":"object","required":["a"],"minLength":1}"#) == [])
        let wrong = try Checking.violations(schema, #"{"properties":{"a":{"type":"strin"}}}"#)
        #expect(wrong.map(\.pointer) == ["/properties/a/type"])
        #expect(wrong.allSatisfy { $0.schemaPointer.hasPrefix("http") })
    }

    private static let mistakes: [(String, [String], String)] = [
        (#"{"requierd":["a"]}"#, ["/requierd"], "\"required\""),
        (
            #"{"properties":{"a":{"minLenght":1,"x-note":1,"configbus:not-secret":true}}}"#,
            ["/properties/a/minLenght"], "\"minLength\""
        ),
        (
            #"{"$schema":"http://json-schema.org/draft-07/schema#","prefixItems":[true]}"#, ["/prefixItems"],
            "draft 2020-12"
        ),
        (#"{"format":"email"}"#, ["/format"], "not checked"),
        (#"{"wholly different":1}"#, ["/wholly different"], "no keyword"),
        (
            ##"{"$schema":"http://json-schema.org/draft-07/schema#","$ref":"#/definitions/a","type":"null","definitions":{"a":true}}"##,
            ["/type"], "ignores"
        ),
        (#"{"x-note":1,"a:b":2,"title":"t","default":{"requierd":1},"$comment":"c"}"#, [], ""),
    ]

    @Test(arguments: DraftTests.mistakes)
    func whatProbablyIsAMistakeIsAWarning(schema: String, places: [String], hint: String) throws {
        let warnings = try Checking.schema(schema).warnings
        #expect(warnings.map(\.pointer) == places)
        #expect(warnings.allSatisfy { $0.message.contains(hint) })
    }

    @Test func formatsAreNotesForReadersWhereTheyAreAnnotations() throws {
        let schema = try Checking.schema(#"{"format":"date","items":{"format":"email"}}"#, formats: .annotations)
        #expect(schema.warnings == [])
        #expect(try schema.violations(in: .string("no date"), atMost: 1) == [])
    }
}
