package import ConfigModel

/// The body of `POST .../promote`.
package struct PromotionBody: Sendable, Equatable {
    static let environmentField = "from_environment"
    static let versionField = "from_version"
    private static let hint = "Send {\"from_environment\": \"staging\", \"comment\": \"...\"}."

    /// The environment whose content is published.
    package let fromEnvironment: String
    /// One version of it; nil for the newest.
    package let fromVersion: Int64?
    /// What it says about the change.
    package let change: ChangeFields

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - maximumDepth: how deep it may be nested.
    package init(_ body: [UInt8], maximumDepth: Int) throws(Problem) {
        let fields = try BodyFields(
            body, known: [Self.environmentField, Self.versionField] + ChangeFields.known, maximumDepth: maximumDepth,
            hint: Self.hint)
        fromEnvironment = try fields.requiredText(Self.environmentField, hint: Self.hint)
        fromVersion = try fields.integer(Self.versionField, from: 1)
        change = try ChangeFields(fields, of: .document)
    }

    /// The document that is promoted.
    ///
    /// - Parameter target: the document that gets its content.
    package func source(for target: DocumentKey) throws(Problem) -> DocumentKey {
        let source: DocumentKey
        do {
            source = try DocumentKey(service: target.service, environment: fromEnvironment)
        } catch {
            throw Problem(error)
        }
        guard source != target else {
            throw Problem(
                .invalidParameter,
                "The document is promoted into the environment that it is taken from, \(target.environment); name another one."
            ).with("parameter", QueryName.environment)
        }
        return source
    }
}
