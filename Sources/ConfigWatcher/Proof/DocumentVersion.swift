import ConfigModel
import RegistryClient

/// One version of one document with its content, as some source told it. Its content hash holds; whether it is proven is
/// another question.
struct DocumentVersion: Sendable, Equatable {
    let key: DocumentKey
    let version: Int64
    /// The store's epoch, in which the version counts.
    let epoch: Epoch
    /// The epoch that it was written and signed in; smaller than `epoch` after the store got a new one.
    let recordEpoch: Epoch
    let changeType: ChangeType
    let content: Content
    let recordHash: String
    let signature: RecordSignature?
    /// When it was made, to the millisecond; only events tell.
    var createdAt: Timestamp?
    /// The signed statement that `epoch` counts, as it came with an answer of the registry; not verified yet.
    var epochStatement: EpochStatement?
    /// This version was known already, by an event that names the epoch in which it was written: that the store's epoch is
    /// a later one is no news.
    var correctsEpoch = false

    var isTombstone: Bool { changeType == .deleted }

    /// How the registry names this version in `If-None-Match`.
    var etag: String { epoch.etag(version) }

    /// What a signature is made over.
    var signedFacts: SignedFacts {
        SignedFacts(
            epoch: recordEpoch, key: key, version: version, changeType: changeType, contentHash: content.hash,
            recordHash: recordHash)
    }

    /// True when both say the same about what they both claim to be.
    func agrees(with other: DocumentVersion) -> Bool {
        recordHash == other.recordHash && content.hash == other.content.hash && changeType == other.changeType
    }
}

extension DocumentVersion {
    /// What an event says; nil when it does not carry its content.
    init?(_ event: ConfigEvent) {
        guard let content = event.content else { return nil }
        self.init(
            key: event.key, version: event.version, epoch: event.epoch, recordEpoch: event.epoch,
            changeType: event.changeType, content: content, recordHash: event.recordHash, signature: event.signature,
            createdAt: event.createdAt)
    }

    /// What the registry served.
    init(_ served: ServedContent) {
        self.init(
            key: served.key, version: served.version, epoch: served.epoch, recordEpoch: served.recordEpoch,
            changeType: served.changeType, content: served.content, recordHash: served.recordHash,
            signature: served.signature, createdAt: nil, epochStatement: served.epochStatement)
    }

    /// The tombstone that the registry served.
    init(_ served: ServedTombstone) {
        self.init(
            key: served.key, version: served.version, epoch: served.epoch, recordEpoch: served.recordEpoch,
            changeType: .deleted, content: .empty, recordHash: served.recordHash, signature: served.signature,
            createdAt: nil, epochStatement: served.epochStatement)
    }
}
