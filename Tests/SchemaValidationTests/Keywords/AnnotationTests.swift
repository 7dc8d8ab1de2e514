import ConfigModel
import SchemaValidation
import Testing

/// Where a vendor's keyword applies.
@Suite struct AnnotationTests {
    private static let schema = ##"""
        {"$defs":{"open":{"configbus:not-secret":true,"type":"string"}},
        "properties":{"key":{"$ref":"#/$defs/open"},"keys":{"items":{"$ref":"#/$defs/open"}},
        "kind":{"anyOf":[{"type":"integer","configbus:not-secret":true},{"type":"string"}]},
        "off":{"configbus:not-secret":false},"wrong":{"type":"integer","configbus:not-secret":true},
        "never":{"not":{"type":"integer","configbus:not-secret":true}}},
        "additionalProperties":{"if":{"required":["open"]},"then":{"additionalProperties":{"configbus:not-secret":true}}}}
        """##

    private static let documents: [(String, [String])] = [
        (#"{"key":"a","keys":["b","c"]}"#, ["/key", "/keys/0", "/keys/1"]),
        (#"{"kind":1}"#, ["/kind"]), (#"{"kind":"a"}"#, []), (#"{"off":1}"#, []),
        // The value breaks its schema, which is for another check to say.
        (#"{"wrong":"a"}"#, ["/wrong"]), (#"{"never":1}"#, []),
        (#"{"other":{"open":1,"a/b":2}}"#, ["/other/a~1b", "/other/open"]), (#"{"other":{"a":2}}"#, []),
    ]

    @Test(arguments: AnnotationTests.documents)
    func placesAreThoseOfTheSchemasThatApply(document: String, places: [String]) throws {
        let schema = try Checking.schema(Self.schema)
        let found = schema.places(annotated: "configbus:not-secret", in: try JSONValue(parsing: document))
        #expect(found.sorted() == places)
        #expect(schema.places(annotated: "x-other", in: try JSONValue(parsing: document)) == [])
    }
}
