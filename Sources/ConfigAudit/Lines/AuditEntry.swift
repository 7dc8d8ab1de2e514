package import ConfigModel

/// What the log says about one version: one line, which also names the line before.
package struct AuditEntry: Sendable, Equatable {
    /// How the version hangs on the one before it, as the registry sent both.
    package enum Chain: String, Sendable {
        /// Its `previous_hash` is the record hash of the version before, or it is version 1.
        case whole
        /// The registry does not have the version before, or cannot read it and the log does not hold it either.
        case missing
        /// Its `previous_hash` is another than the record hash of the version before: the history was rewritten.
        case broken
    }

    /// When the line was written.
    package let recordedAt: Timestamp
    /// The version.
    package let record: VersionRecord
    /// The content before; nil when there was none.
    package let oldValue: Content?
    /// What binds the entry to the one before.
    package let chain: Chain
    /// True when there was a content before, and the registry cannot read it any more.
    package let isOldValueDamaged: Bool
    /// The hash of the entry before; nil for the first.
    package let previousEntryHash: String?

    /// Puts an entry together.
    package init(
        recordedAt: Timestamp, record: VersionRecord, oldValue: Content?, chain: Chain, isOldValueDamaged: Bool = false,
        previousEntryHash: String?
    ) {
        self.recordedAt = recordedAt
        self.record = record
        self.oldValue = oldValue
        self.chain = chain
        self.isOldValueDamaged = isOldValueDamaged
        self.previousEntryHash = previousEntryHash
    }

    /// The content of this version; nil for a tombstone.
    package var newValue: Content? { record.isTombstone ? nil : record.content }
}
