public import ConfigModel

/// The version that says "deleted", as the registry serves it, with the facts that prove it.
public struct ServedTombstone: Sendable, Equatable {
    /// Which document.
    public let key: DocumentKey
    /// The version of the tombstone.
    public let version: Int64
    /// The hash of the whole record.
    public let recordHash: String
    /// The store's epoch, in which the version counts now.
    public let epoch: Epoch
    /// The epoch that the version was written and signed in; lower than `epoch` after the store got a new one.
    public let recordEpoch: Epoch
    /// The registry's signature, when it signs; not verified here.
    public let signature: RecordSignature?
    /// Names this version in `If-None-Match`.
    public let etag: String
    /// The signed statement that `epoch` counts, when the response has one; not verified here.
    public var epochStatement: EpochStatement?
    /// The change set that it was published with; nil for a version that was published alone, and when the response does not
    /// say: a read of a single document has no place for it, one of several documents does.
    public var changeSet: ChangeSet?
}

extension ServedTombstone {
    /// What its signature is made over.
    public var signedFacts: SignedFacts {
        SignedFacts(
            epoch: recordEpoch, key: key, version: version, changeType: .deleted, contentHash: Content.empty.hash,
            recordHash: recordHash)
    }
}
