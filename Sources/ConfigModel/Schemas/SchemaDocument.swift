/// What the registry keeps as the schema of a service: the JSON Schema, and which documents it is applied to.
///
/// It is the content of a document in the reserved environment `~schema`: `{"checks": "each", "schema": {...}}`.
public struct SchemaDocument: Sendable, Hashable {
    /// What has to fit the schema.
    public enum Checks: String, Sendable, CaseIterable {
        /// Every environment's document alone.
        case each
        /// The document of the environment `default` alone, and every other one merged over it (RFC 7396), as a reader with
        /// overlay sees it.
        case merged
    }

    /// The name of the reserved environment, without its mark.
    package static let environment = "schema"

    /// What has to fit.
    public let checks: Checks
    /// The JSON Schema.
    public let schema: JSONValue
    /// The canonical bytes of the schema.
    public let schemaBytes: [UInt8]

    /// Puts both together.
    public init(schema: JSONValue, checks: Checks = .each) {
        self.checks = checks
        self.schema = schema
        schemaBytes = schema.canonicalBytes
    }

    /// The hash of the schema alone.
    public var hash: String { SHA256Text.hash(schemaBytes) }

    /// The key of the document that holds the schema of a service.
    ///
    /// - Throws: `InvalidName`.
    package static func key(of service: String) throws(InvalidName) -> DocumentKey {
        try DocumentKey(service: service, reserved: environment)
    }
}

extension SchemaDocument {
    /// The content of the document.
    package var content: Content {
        let start = #"{"checks":"\#(checks.rawValue)","schema":"#
        return Content(canonical: Array(start.utf8) + schemaBytes + [UInt8(ascii: "}")])
    }

    /// Reads the content of the document.
    ///
    /// - Throws: `JSONFieldError` when it is another object; `JSONError` when it is no JSON.
    package init(_ content: Content) throws { try self.init(json: content.object) }

    /// Reads the object that the content is.
    package init(json object: JSONObject) throws(JSONFieldError) {
        let name = try object.string("checks")
        guard let checks = Checks(rawValue: name) else {
            throw JSONFieldError(
                field: "checks",
                problem: .invalid("it says \(JSONValue.string(name)), which this program does not know."))
        }
        guard let schema = object["schema"] else {
            throw JSONFieldError(field: "schema", problem: .missing(expected: "a JSON Schema"))
        }
        self.init(schema: schema, checks: checks)
    }
}

extension DocumentKey {
    /// The reserved environment of the schemas.
    package static let schemaEnvironment = reservedMark + SchemaDocument.environment

    /// True for the document that holds the schema of a service.
    package var isSchema: Bool { reservedName == SchemaDocument.environment }
}
