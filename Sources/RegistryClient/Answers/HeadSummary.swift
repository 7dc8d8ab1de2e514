public import ConfigModel

/// A document's newest version without its content.
public struct HeadSummary: Sendable, Equatable {
    /// Which document.
    public let key: DocumentKey
    /// Its version.
    public let version: Int64
    /// What the version did; `deleted` for a tombstone.
    public let changeType: ChangeType
    /// The hash of the content.
    public let contentHash: String
    /// The hash of the whole record.
    public let recordHash: String
    /// The history that the version belongs to.
    public let epoch: Epoch
    /// When it was made.
    public let createdAt: Timestamp
    /// Who made it.
    public let createdBy: String
    /// Why it was made.
    public let comment: String
}
