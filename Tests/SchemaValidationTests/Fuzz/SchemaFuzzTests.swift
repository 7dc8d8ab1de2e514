import ConfigModel
import RE2Patterns
import SchemaValidation
import TestSupport
import Testing

/// Whatever schema and document, checking ends with violations or an error.
@Suite(.timeLimit(.minutes(60))) struct SchemaFuzzTests {
    private static let schema = ##"""
        {"definitions":{"p":{"type":"integer","minimum":1,"maximum":65535,"multipleOf":1}},"type":"object",
        "properties":{"port":{"$ref":"#/definitions/p"},"é":{"enum":[1,"a",null]},"t":{"format":"date-time"},
        "h":{"type":"array","items":{"type":"string","pattern":"^[a-z]+$","minLength":1},"uniqueItems":true,"maxItems":3}},
        "required":["port"],"additionalProperties":{"anyOf":[{"type":"null"},{"not":{"const":1.0}}]}}
        """##
    private static let document = #"{"port":5432,"é":"a","h":["ab","c"],"t":"2026-11-20T21:30:00Z","x":null}"#

    @Test func documents() async throws {
        let schema = try Checking.schema(Self.schema)
        #expect(try schema.violations(in: try JSONValue(parsing: Self.document), atMost: 9).isEmpty)
        await Fuzz.run("documents of a schema", corpus: [Self.document]) { bytes in
            guard let document = try? JSONValue(parsing: bytes) else { return }
            _ = try? schema.violations(in: document, atMost: 9)
        }
    }

    @Test func schemas() async throws {
        let document = try JSONValue(parsing: Self.document)
        await Fuzz.run("schemas", corpus: [Self.schema], rounds: 2_000) { bytes in
            guard let schema = try? JSONSchema(parsing: bytes, patterns: RE2Patterns()) else { return }
            _ = try? schema.violations(in: document, atMost: 9)
        }
    }

    /// Schemas of random keywords with random operands and references; those that are refused are made anew.
    @Test(arguments: 1...200 as ClosedRange<UInt64>)
    func randomSchemasAndDocuments(seed: UInt64) throws {
        var random = RandomSchema(seed: seed)
        let draft = SchemaFiles.drafts[Int(seed % 3)].uri
        for _ in 0..<12 {
            guard let schema = try? JSONSchema(random.document(of: draft), patterns: RE2Patterns()) else { continue }
            for _ in 0..<5 {
                let document = random.value(depth: 5)
                guard let all = try? schema.violations(in: document, atMost: .max) else { continue }
                #expect(try schema.violations(in: document, atMost: 2) == Array(all.prefix(2)))
                _ = schema.places(annotated: "x-mark", in: document)
            }
        }
    }
}
