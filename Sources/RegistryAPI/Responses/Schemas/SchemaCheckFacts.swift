public import ConfigModel

/// What a registry says of a schema and the documents of its service.
public struct SchemaCheckFacts: Sendable, Equatable {
    /// True when every version that was looked at fits; those too that the caller may not read.
    public let isValid: Bool
    /// The version of the schema; nil for a candidate.
    public let version: Int64?
    /// The hash of the schema alone.
    public let schemaHash: String
    /// What was checked.
    public let checks: SchemaDocument.Checks
    /// What the author of the schema should know.
    public let warnings: [CheckFinding]
    /// By environment, newest first.
    public let documents: [SchemaVerdictFacts]
    /// How many more were looked at that the caller may not read.
    public let hidden: Int64

    /// Puts them together.
    package init(
        isValid: Bool, version: Int64?, schemaHash: String, checks: SchemaDocument.Checks, warnings: [CheckFinding],
        documents: [SchemaVerdictFacts], hidden: Int64
    ) {
        self.isValid = isValid
        self.version = version
        self.schemaHash = schemaHash
        self.checks = checks
        self.warnings = warnings
        self.documents = documents
        self.hidden = hidden
    }
}

extension SchemaCheckFacts {
    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 1_024)
        writer.object { body in
            body.member("valid", isValid)
            body.member("version", version)
            body.member("schema_hash", schemaHash)
            body.member("checks", checks.rawValue)
            body.member("warnings", JSONValue.array(warnings.map(\.json)))
            body.member("documents", JSONValue.array(documents.map(\.checkedJSON)))
            body.member("hidden", hidden)
        }
        return writer.bytes
    }

    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            guard case .bool(let isValid)? = object["valid"] else {
                throw JSONFieldError(field: "valid", problem: .invalid("it must be true or false."))
            }
            return SchemaCheckFacts(
                isValid: isValid, version: try object.optionalInt64("version"),
                schemaHash: try object.string("schema_hash"),
                checks: try object.parsed("checks") { SchemaDocument.Checks(rawValue: $0) },
                warnings: try object.findings("warnings"),
                documents: try SchemaVerdictFacts.list("documents", of: object),
                hidden: try object.optionalInt64("hidden") ?? 0)
        }
    }
}
