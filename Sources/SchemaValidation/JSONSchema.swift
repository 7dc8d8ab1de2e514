import ConfigModel
import Synchronization

/// A compiled JSON Schema (draft-07) that documents are checked against.
///
/// References within the schema (`#/definitions/...`) work, references to other documents do not. `format` checks date,
/// time, date-time, ipv4 and ipv6. Patterns are ECMAScript without back references. The author of a schema is
/// trusted with the time that it takes; documents need not be trusted.
public final class JSONSchema: Sendable {
    /// The library reads a compiled schema without changing it, but promises nothing about it: one document at a time.
    private let compiled: Mutex<CompiledSchema>

    /// Compiles a schema.
    ///
    /// - Throws: `SchemaError`, which names the part of the schema that is wrong.
    public init(_ schema: [UInt8]) throws(SchemaError) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: schema, limits: JSONLimits(maximumBytes: 1 << 20, maximumDepth: 128))
        } catch {
            throw SchemaError(pointer: "", reason: error.description)
        }
        let prepared = try SchemaPreparation.prepare(value).canonicalBytes
        compiled = Mutex(try CompiledSchema(prepared))
    }

    /// Checks a JSON document; an empty array means that it is valid.
    ///
    /// - Throws: `SchemaError` when the document cannot be checked at all: it is not JSON.
    public func validate(_ json: [UInt8]) throws(SchemaError) -> [SchemaViolation] {
        let result = compiled.withLock { schema in
            Result { () throws(SchemaError) in try schema.validate(json) }
        }
        return SchemaViolation.withoutConsequences(try result.get())
    }
}

extension SchemaViolation {
    /// For a value that is wrong the library also reports each object and array around it. Those reports are left out
    /// where the cause is reported.
    fileprivate static func withoutConsequences(_ violations: [SchemaViolation]) -> [SchemaViolation] {
        let consequences = [
            "Failed to validate against schema associated with", "Failed to validate item #",
            "Failed to validate against additional properties schema", "Failed to validate against child schema",
        ]
        let causes = violations.filter { violation in
            !consequences.contains { violation.message.utf8.starts(with: $0.utf8) }
        }
        return causes.isEmpty ? violations : causes
    }
}
