package import ConfigModel

/// The body of `POST` and `PUT` of a document.
package struct PublishBody: Sendable {
    static let contentField = "config_data"
    private static let known = [contentField] + ChangeFields.known

    /// The content, or why there is none: what a body says of the expected version is checked first.
    package let content: Result<Content, Problem>
    /// Why the change is made.
    package let comment: Result<String?, Problem>
    /// Who makes it.
    package let createdBy: Result<String?, Problem>
    /// The version that the document must be at.
    package let expectedVersion: Result<Int64?, Problem>
    /// The findings that the author lets pass.
    package let overrides: Result<CheckOverrides, Problem>

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - limits: what a content may be.
    package init(_ body: [UInt8], limits: ContentLimits) throws(Problem) {
        let fields = try BodyFields(
            body, known: Self.known, maximumDepth: limits.maximumDepth + 1,
            hint: "The content itself belongs into config_data.")
        content = Result { () throws(Problem) in try Self.content(fields, limits) }
        comment = Result { () throws(Problem) in try fields.text(QueryName.comment) }
        createdBy = Result { () throws(Problem) in try fields.text(QueryName.createdBy) }
        expectedVersion = Result { () throws(Problem) in try fields.integer(QueryName.expectedVersion, from: 0) }
        overrides = Result { () throws(Problem) in try fields.overrides(of: [.document]) }
    }

    /// The content, whose depth was checked when the body was read.
    private static func content(_ fields: BodyFields, _ limits: ContentLimits) throws(Problem) -> Content {
        guard let value = fields[contentField] else {
            throw Problem(
                .missingContent,
                "The field config_data is missing; send {\"config_data\": {...}, \"comment\": \"...\"}.")
        }
        guard case .object(let object) = value else {
            throw Problem(ContentError.notAnObject(found: value.kind)).with("pointer", "/config_data")
        }
        do {
            return try Content(
                canonical: fields.canonicalContent ?? object.canonicalBytes, read: object, limits: limits)
        } catch {
            throw Problem(error)
        }
    }
}
