import ConfigModel

/// The body of `POST .../rollback`.
package struct RollbackBody: Sendable, Equatable {
    static let toVersionField = "to_version"
    private static let hint = "Send {\"to_version\": n, \"comment\": \"...\"}."

    /// The version whose content is published once more.
    package let toVersion: Int64
    /// What it says about the change.
    package let change: ChangeFields

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - body: the body.
    ///   - maximumDepth: how deep it may be nested.
    package init(_ body: [UInt8], maximumDepth: Int) throws(Problem) {
        let fields = try BodyFields(
            body, known: [Self.toVersionField] + ChangeFields.known, maximumDepth: maximumDepth, hint: Self.hint)
        guard let version = try fields.integer(Self.toVersionField, from: 1) else {
            throw BodyFields.missing(Self.toVersionField, hint: Self.hint)
        }
        toVersion = version
        change = try ChangeFields(fields, of: .document)
    }
}
