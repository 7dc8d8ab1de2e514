/// One version of one document, whole: what a store keeps, the registry serves and an event announces.
public struct VersionRecord: Sendable, Equatable {
    /// Which document.
    public let key: DocumentKey
    /// Position in the document's history, from 1 without gaps.
    public let version: Int64
    /// What this version did.
    public let changeType: ChangeType
    /// The configuration; `{}` for a tombstone.
    public let content: Content
    /// The record hash of the version before; nil for version 1.
    public let previousHash: String?
    /// `sha256:` and 64 hexadecimal digits over this record and, through `previousHash`, all before it.
    public let recordHash: String
    /// The history that this version belongs to.
    public let epoch: Epoch
    /// Unique per document; makes a repeated request the same version.
    public let changeID: String
    /// The `X-Correlation-ID` of the request.
    public let correlationID: String?
    /// The change set that this version was published with. Its identifier is part of the record hash, its members are not:
    /// they follow from it.
    public let changeSet: ChangeSet?
    /// When it was made; never before its predecessor.
    public let createdAt: Timestamp
    /// Who made it.
    public let createdBy: String
    /// Why it was made.
    public let comment: String
    /// The version whose content a rollback brought back.
    public let restoredFrom: Int64?
    /// The checks that the publisher chose to override.
    public let overrides: String?
    /// The registry's signature, when it signs.
    public let signature: RecordSignature?

    /// True for the version that says "deleted".
    public var isTombstone: Bool { changeType == .deleted }
}

/// A signature over a record and the key that made it.
public struct RecordSignature: Sendable, Hashable {
    /// Ed25519 (RFC 8032), base64 (RFC 4648).
    public let signature: String
    /// The first 16 hexadecimal digits of the SHA-256 of the public key.
    public let keyID: String

    /// Puts together what arrived in two fields.
    public init(signature: String, keyID: String) {
        self.signature = signature
        self.keyID = keyID
    }
}
