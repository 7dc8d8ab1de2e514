import ConfigModel
import RE2Patterns
import SchemaValidation
import Testing

/// What a schema may cost is known before any document is checked, and what checking costs is counted.
@Suite(.timeLimit(.minutes(1))) struct SchemaLimitTests {
    private func reason(_ schema: String) throws -> String {
        try #require(throws: SchemaError.self) { try Checking.schema(schema) }.reason
    }

    /// Definitions that each apply the next one twice.
    private static func doubling(_ count: Int, _ link: (String) -> String) -> String {
        let definitions = (0..<count).map { #""d\#($0)":"# + link("#/$defs/d\($0 + 1)") }
        return
            ##"{"$ref":"#/$defs/d0","$defs":{\##(definitions.joined(separator: ",")),"d\##(count)":{"type":"null"}}}"##
    }

    @Test func referencesThatMultiplyAreRefused() throws {
        for keyword in ["allOf", "anyOf", "oneOf"] {
            let bomb = Self.doubling(20) { #"{"\#(keyword)":[{"$ref":"\#($0)"},{"$ref":"\#($0)"}]}"# }
            #expect(try reason(bomb).contains("more than 10000 schemas for one value"))
            _ = try Checking.schema(Self.doubling(10) { #"{"\#(keyword)":[{"$ref":"\#($0)"},{"$ref":"\#($0)"}]}"# })
        }
    }

    @Test func workThatMultipliesFromLevelToLevelIsCountedWhileChecking() throws {
        let bomb = Self.doubling(24) { #"{"allOf":[{"items":{"$ref":"\#($0)"}},{"items":{"$ref":"\#($0)"}}]}"# }
        let schema = try Checking.schema(bomb)
        let document = try JSONValue(parsing: String(repeating: "[", count: 30) + String(repeating: "]", count: 30))
        #expect(throws: SchemaWorkExceeded.self) { try schema.violations(in: document, atMost: .max, work: 100_000) }
    }

    @Test func aSchemaHasAtMostSoManySubschemas() throws {
        func schema(_ count: Int) -> String {
            #"{"properties":{"# + (1..<count).map { #""\#($0)":true"# }.joined(separator: ",") + "}}"
        }
        _ = try Checking.schema(schema(5_000))
        #expect(try reason(schema(5_001)).contains("5000 subschemas"))
    }

    @Test func aSchemaHasALargestSizeDepthAndPattern() throws {
        #expect(try reason(#"{"$comment":"\#(String(repeating: "x", count: 256 << 10))"}"#).contains("256 KiB"))
        let (open, close) = (String(repeating: #"{"not":"#, count: 64), String(repeating: "}", count: 64))
        #expect(try reason(open + "{}" + close).contains("64 levels"))
        _ = try Checking.schema(open + "true" + close)
        #expect(try reason(#"{"pattern":"\#(String(repeating: "a", count: 1_025))"}"#).contains("1024 bytes"))
        _ = try Checking.schema(#"{"pattern":"\#(String(repeating: "a", count: 1_024))"}"#)
    }

    @Test func patternsTakeALimitedAmountOfMemory() throws {
        let patterns = (0..<200).map { #"{"pattern":"x\#($0).{900}"}"# }.joined(separator: ",")
        #expect(try reason(#"{"anyOf":[\#(patterns)]}"#).contains("too much memory"))
    }

    @Test func comparingLargeValuesIsWork() throws {
        let schema = try Checking.schema(##"{"items":{"$ref":"#"},"not":{"const":[1,2]},"uniqueItems":true}"##)
        let row = JSONValue.array((0..<1_000).map { .number(JSONNumber($0)) })
        var value = JSONValue.array((0..<100).map { _ in row })
        for _ in 0..<40 { value = .array([value]) }
        #expect(throws: SchemaWorkExceeded.self) { try schema.violations(in: value, atMost: .max, work: 200_000) }
    }

    @Test func longChainsOfReferencesAreRefusedAndShortOnesAreNot() throws {
        #expect(throws: SchemaError.self) { try Checking.schema(Self.doubling(4_000) { ##"{"$ref":"\##($0)"}"## }) }
        let chain = try Checking.schema(Self.doubling(500) { ##"{"$ref":"\##($0)"}"## })
        #expect(try chain.violations(in: .null, atMost: 1) == [])
    }

    @Test func recursionOverTheSameValueThatOnlyADynamicReferenceMakesIsBounded() throws {
        let schema = ##"""
            {"$id":"http://a/","$dynamicAnchor":"n","allOf":[{"$ref":"b"}],
            "$defs":{"b":{"$id":"b","properties":{"x":true},"anyOf":[{"$dynamicRef":"#n"}],"$defs":{"c":{"$dynamicAnchor":"n"}}}}}
            """##
        let compiled = try Checking.schema(schema)
        #expect(throws: SchemaWorkExceeded.self) { try compiled.violations(in: .null, atMost: 1) }
    }
}
