package import ConfigModel

/// What a body says about a change beside what is done: all bodies of writes that have no content say it in the same fields.
package struct ChangeFields: Sendable, Equatable {
    static let known = [QueryName.comment, QueryName.createdBy, QueryName.expectedVersion, QueryName.override]

    /// Why the change is made.
    package let comment: String?
    /// Who makes it.
    package let createdBy: String?
    /// The version that must be the newest.
    package let expectedVersion: Int64?
    /// The findings of checks that the author lets pass.
    package let overrides: CheckOverrides

    /// Reads the fields.
    ///
    /// - Parameter subject: what is changed, which decides what can be let pass.
    init(_ fields: BodyFields, of subject: CheckOverrides.Subject) throws(Problem) {
        expectedVersion = try fields.integer(QueryName.expectedVersion, from: 0)
        createdBy = try fields.text(QueryName.createdBy)
        comment = try fields.text(QueryName.comment)
        overrides = try fields.overrides(of: [subject])
    }
}
