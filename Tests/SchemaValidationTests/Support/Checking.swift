import ConfigModel
import RE2Patterns
import SchemaValidation

/// Checks documents as the registry does, from texts.
enum Checking {
    static func schema(_ text: String, formats: JSONSchema.Formats = .asserted) throws -> JSONSchema {
        try JSONSchema(parsing: Array(text.utf8), patterns: RE2Patterns(), formats: formats)
    }

    static func violations(_ schema: String, _ document: String) throws -> [SchemaViolation] {
        try Self.schema(schema).violations(in: try JSONValue(parsing: document), atMost: 100)
    }

    /// In draft-07, unless the schema says something else.
    static func draft7(_ schema: String) -> String {
        guard schema.hasPrefix("{"), !schema.contains("$schema") else { return schema }
        let start = #"{"$schema":"http://json-schema.org/draft-07/schema#""#
        return schema == "{}" ? start + "}" : start + "," + String(schema.dropFirst())
    }
}
