package import ConfigModel

/// A version that a request made.
package struct Published: Sendable, Equatable {
    /// The version.
    package let record: VersionRecord
    /// True when the same request had made it before.
    package let isReplay: Bool

    /// Puts both together.
    package init(record: VersionRecord, isReplay: Bool) {
        self.record = record
        self.isReplay = isReplay
    }
}
