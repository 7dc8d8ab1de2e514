package import ConfigModel

/// A version of a schema that is in force.
package struct SchemaPublication: Sendable, Equatable {
    /// The version.
    package let record: VersionRecord
    /// True when the same request had made it before.
    package let isReplay: Bool
    /// What the author should know: keywords that mean nothing, and what may refuse documents that the schema before took.
    package let warnings: [CheckFinding]
    /// How many heads were checked after it was in force.
    package let documentCount: Int
    /// The heads that do not fit it: those that were let pass, and those that were published before every registry knew it.
    package let breaks: [SchemaVerdict]
}

/// What a schema says of the documents of its service.
package struct SchemaReport: Sendable, Equatable {
    /// The schema that was applied.
    package let document: SchemaDocument
    /// Its version; nil for a candidate.
    package let version: Int64?
    /// About each version that was looked at, by environment, newest first.
    package let verdicts: [SchemaVerdict]
    /// What the author of the schema should know.
    package let warnings: [CheckFinding]
}
