package import ConfigModel

/// A version that a request made.
package struct Published: Sendable, Equatable {
    /// The version.
    package let record: VersionRecord
    /// True when the same request had made it before.
    package let isReplay: Bool
    /// What the author should know about it. They are not stored: a replay has none.
    package let warnings: [CheckFinding]

    /// Puts all together.
    package init(record: VersionRecord, isReplay: Bool, warnings: [CheckFinding] = []) {
        self.record = record
        self.isReplay = isReplay
        self.warnings = warnings
    }
}
