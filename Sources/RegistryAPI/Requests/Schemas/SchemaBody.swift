package import ConfigModel

/// The body of `PUT .../schema`.
package struct SchemaBody: Sendable, Equatable {
    static let schemaField = "schema"
    static let checksField = "checks"
    /// A schema's own depth is judged with everything else about it.
    static let maximumDepth = 128

    /// The schema, and what is checked with it.
    package let document: SchemaDocument
    /// What it says about the change.
    package let change: ChangeFields

    private static let hint = #"Send {"schema": {...}, "checks": "each", "comment": "..."}."#

    /// Reads a body.
    package init(_ body: [UInt8]) throws(Problem) {
        let fields = try BodyFields(
            body, known: [Self.schemaField, Self.checksField] + ChangeFields.known, maximumDepth: Self.maximumDepth,
            hint: Self.hint)
        guard let schema = fields[Self.schemaField] else { throw BodyFields.missing(Self.schemaField, hint: Self.hint) }
        document = SchemaDocument(schema: schema, checks: try Self.checks(fields) ?? .each)
        change = try ChangeFields(fields, of: .schema)
    }

    /// What is checked; nil when the body does not say it.
    static func checks(_ fields: BodyFields) throws(Problem) -> SchemaDocument.Checks? {
        guard let text = try fields.text(checksField) else { return nil }
        guard let checks = SchemaDocument.Checks(rawValue: text) else {
            throw BodyFields.invalid(
                checksField, "it is 'each' (every document alone) or 'merged' (over the default environment's).")
        }
        return checks
    }
}
