package import ConfigModel

/// One line of `configbus watch --output json`.
package struct WatchLine: Sendable, Equatable {
    package let key: DocumentKey
    package let version: Int64
    package let outcome: String
    package let reason: String?
    package let kind: String?
    package let contentHash: String?

    package init(
        key: DocumentKey, version: Int64, outcome: String, reason: String? = nil, kind: String? = nil,
        contentHash: String?
    ) {
        self.key = key
        self.version = version
        self.outcome = outcome
        self.reason = reason
        self.kind = kind
        self.contentHash = contentHash
    }

    /// Reads a line.
    package init(parsing line: String) throws {
        guard case .object(let object) = try JSONValue(parsing: line) else { throw NotAnObject(line: line) }
        try self.init(
            key: DocumentKey(service: object.string("service_name"), environment: object.string("environment")),
            version: object.int64("version"), outcome: object.string("outcome"),
            reason: object.optionalString("reason"), kind: object.optionalString("kind"),
            contentHash: object.optionalString("content_hash"))
    }
}

/// A line of JSON that is no object.
package struct NotAnObject: Error {
    let line: String

    package init(line: String) { self.line = line }
}
