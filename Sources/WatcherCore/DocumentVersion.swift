public import ConfigModel

/// One version of one document with its content, as a source served it. Its content hash holds; whether the version is
/// proven is decided elsewhere.
public struct DocumentVersion: Sendable, Equatable {
    /// What never changes is stored once and shared: a watcher keeps one version for several purposes.
    private var facts: Facts
    /// When it was made, to the millisecond; nil when the source does not say it so exactly.
    public var createdAt: Timestamp?
    /// This version was known already, by an event that names the epoch in which it was written: that the store's epoch is
    /// a later one is no news.
    var correctsEpoch = false
    /// It brings the content of an earlier version back, as far as an event said so.
    var isRollback = false

    private final class Facts: Sendable {
        let key: DocumentKey
        let version: Int64
        let epoch: Epoch
        let recordEpoch: Epoch
        let changeType: ChangeType
        let content: Content
        let recordHash: String
        let signature: RecordSignature?
        let epochStatement: EpochStatement?
        let changeSet: ChangeSet?

        init(
            key: DocumentKey, version: Int64, epoch: Epoch, recordEpoch: Epoch, changeType: ChangeType,
            content: Content, recordHash: String, signature: RecordSignature?, epochStatement: EpochStatement?,
            changeSet: ChangeSet?
        ) {
            self.key = key
            self.version = version
            self.epoch = epoch
            // One text for both, which were read apart.
            self.recordEpoch = recordEpoch == epoch ? epoch : recordEpoch
            self.changeType = changeType
            self.content = content
            self.recordHash = recordHash
            self.signature = signature
            self.epochStatement = epochStatement
            self.changeSet = changeSet
        }
    }

    /// Describes a version.
    ///
    /// - Parameters:
    ///   - key: which document.
    ///   - version: its number.
    ///   - epoch: the store's epoch.
    ///   - recordEpoch: the epoch that it was written in.
    ///   - changeType: what the version did.
    ///   - content: the content; empty for a tombstone.
    ///   - recordHash: the hash of the whole record.
    ///   - signature: the signature of the record.
    ///   - createdAt: when it was made, to the millisecond.
    ///   - epochStatement: the signed statement that `epoch` counts.
    ///   - changeSet: what it was published together with.
    public init(
        key: DocumentKey, version: Int64, epoch: Epoch, recordEpoch: Epoch, changeType: ChangeType, content: Content,
        recordHash: String, signature: RecordSignature?, createdAt: Timestamp? = nil,
        epochStatement: EpochStatement? = nil, changeSet: ChangeSet? = nil
    ) {
        facts = Facts(
            key: key, version: version, epoch: epoch, recordEpoch: recordEpoch, changeType: changeType,
            content: content, recordHash: recordHash, signature: signature, epochStatement: epochStatement,
            changeSet: changeSet)
        self.createdAt = createdAt
    }
}

extension DocumentVersion {
    /// Which document.
    public var key: DocumentKey { facts.key }
    /// Its number.
    public var version: Int64 { facts.version }
    /// The store's epoch, in which the version counts.
    public var epoch: Epoch { facts.epoch }
    /// The epoch that it was written and signed in; smaller than `epoch` after the store got a new one.
    public var recordEpoch: Epoch { facts.recordEpoch }
    /// What the version did.
    public var changeType: ChangeType { facts.changeType }
    /// The content; empty for a tombstone.
    public var content: Content { facts.content }
    /// The hash of the whole record.
    public var recordHash: String { facts.recordHash }
    /// The registry's signature; not verified yet.
    public var signature: RecordSignature? { facts.signature }
    /// The signed statement that `epoch` counts; not verified yet.
    public var epochStatement: EpochStatement? { facts.epochStatement }
    /// The change set that it was published with; nil for a version that was published alone, and when the source does not
    /// say. Its identifier is part of the record hash, and its members make the identifier.
    public var changeSet: ChangeSet? { facts.changeSet }

    /// True when both say the same about the version. Whether it is a rollback is not compared: only events say so.
    public static func == (left: DocumentVersion, right: DocumentVersion) -> Bool {
        left.createdAt == right.createdAt && left.correctsEpoch == right.correctsEpoch
            && (left.facts === right.facts
                || left.key == right.key && left.version == right.version && left.epoch == right.epoch
                    && left.recordEpoch == right.recordEpoch && left.changeType == right.changeType
                    && left.content == right.content && left.recordHash == right.recordHash
                    && left.signature == right.signature && left.epochStatement == right.epochStatement
                    && left.changeSet == right.changeSet)
    }
}

extension DocumentVersion {
    /// Describes a version of a document on this machine, which keeps no history: it has no epoch and no signature, and its
    /// number counts in this process only.
    ///
    /// - Parameters:
    ///   - key: which document.
    ///   - version: its number.
    ///   - changeType: what the version did.
    ///   - content: the content; empty for a tombstone.
    ///   - createdAt: when it was made.
    public init(
        local key: DocumentKey, version: Int64, changeType: ChangeType, content: Content, createdAt: Timestamp? = nil
    ) {
        self.init(
            key: key, version: version, epoch: .local, recordEpoch: .local, changeType: changeType, content: content,
            recordHash: content.hash, signature: nil, createdAt: createdAt)
    }

    /// The store's epoch; nil when the version came from no store.
    var storeEpoch: Epoch? { epoch == .local ? nil : epoch }

    /// What an event says; nil when it does not carry its content.
    init?(_ event: ConfigEvent) {
        guard let content = event.content else { return nil }
        self.init(
            key: event.key, version: event.version, epoch: event.epoch, recordEpoch: event.epoch,
            changeType: event.changeType, content: content, recordHash: event.recordHash, signature: event.signature,
            createdAt: event.createdAt, changeSet: event.changeSet)
        isRollback = event.restoredFrom != nil
    }

    /// True for the version that says "deleted".
    public var isTombstone: Bool { changeType == .deleted }

    /// How the registry names this version in `If-None-Match`.
    var etag: String { epoch.etag(version) }

    /// What a signature is made over.
    public var signedFacts: SignedFacts {
        SignedFacts(
            epoch: recordEpoch, key: key, version: version, changeType: changeType, contentHash: content.hash,
            recordHash: recordHash)
    }

    /// True when both say the same about what they both claim to be.
    func agrees(with other: DocumentVersion) -> Bool {
        recordHash == other.recordHash && content.hash == other.content.hash && changeType == other.changeType
    }

    /// True for this version, a newer one, and any of a later history.
    ///
    /// - Parameter epoch: in which the number was given.
    package func reaches(_ number: Int64, _ epoch: Epoch) -> Bool {
        recordEpoch == epoch ? version >= number : recordEpoch.number > epoch.number
    }

    /// Which version with which content.
    var identity: RecordIdentity {
        RecordIdentity(version: version, recordHash: recordHash, contentHash: content.hash)
    }
}

extension Epoch {
    /// In the place of an epoch for what has none; no store's epoch has this number.
    static let local = Epoch(number: 0, identifier: "00000000-0000-0000-0000-000000000000")
}
