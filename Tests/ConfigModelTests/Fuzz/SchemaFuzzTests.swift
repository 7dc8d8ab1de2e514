import ConfigModel
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
        let schema = try JSONSchema(Array(Self.schema.utf8))
        #expect(try schema.validate(Array(Self.document.utf8)).isEmpty)
        try await Fuzz.run("documents of a schema", corpus: [Self.document]) { (bytes) throws in
            guard let content = try? Content(parsing: bytes) else { return }
            _ = try schema.validate(content.bytes)
        }
    }

    @Test func schemas() async {
        await Fuzz.run("schemas", corpus: [Self.schema], rounds: 2_000) { bytes in
            guard let schema = try? JSONSchema(bytes) else { return }
            _ = try? schema.validate(Array(Self.document.utf8))
        }
    }
}
