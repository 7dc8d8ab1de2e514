import ConfigModel
import RE2Patterns
import SchemaValidation

/// A document of 2 KB with 50 properties, and its schema.
enum SchemaSuite {
    private static let properties = 50

    /// Compiling the schema, and checking the document.
    static func benchmarks() throws -> [Benchmark] {
        let (text, document) = (Array(schema.utf8), try JSONValue(parsing: Array(content.utf8)))
        let schema = try JSONSchema(parsing: text, patterns: RE2Patterns())
        guard try schema.violations(in: document, atMost: 100).isEmpty else { throw Unfit() }
        return [
            Benchmark("compile a schema of \(properties) properties", bytes: text.count) {
                try JSONSchema(parsing: text, patterns: RE2Patterns())
            },
            Benchmark("check against a schema of \(properties) properties, 2 KB", bytes: content.utf8.count) {
                try schema.violations(in: document, atMost: 100)
            },
        ]
    }

    private static let kinds = [
        (
            #"{"type":"string","minLength":1,"maxLength":64,"pattern":"^[a-z0-9-]+$"}"#,
            #""host-name-of-a-service-in-the-region-eu-central-1-of-the-team""#
        ),
        (#"{"type":"integer","minimum":0,"maximum":1000000}"#, "5432"),
        (#"{"type":"boolean"}"#, "true"),
        (#"{"enum":["info","debug"]}"#, #""info""#),
        (
            #"{"type":"object","properties":{"host":{"type":"string"},"port":{"type":"integer"}},"required":["host"]}"#,
            #"{"host":"db-1.example.org","port":5432}"#
        ),
    ]

    private static var schema: String {
        let members = (0..<properties).map { #""property_\#($0)":\#(kinds[$0 % kinds.count].0)"# }
        return #"{"type":"object","additionalProperties":false,"required":["property_0","property_1"],"properties":{"#
            + members.joined(separator: ",") + "}}"
    }

    private static var content: String {
        "{" + (0..<properties).map { #""property_\#($0)":\#(kinds[$0 % kinds.count].1)"# }.joined(separator: ",") + "}"
    }

    private struct Unfit: Error {}
}
