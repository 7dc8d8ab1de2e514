/// The announcement of one version: a pure function of the record, so that every registry announces the same bytes.
///
/// An event that was read has proven itself as far as it can alone: its record hash follows from its fields, and its
/// content, when it carries one, has the announced hash. Who published it only a signature proves.
public struct ConfigEvent: Sendable, Equatable {
    /// Which document.
    public let key: DocumentKey
    /// Which version of it, from 1.
    public let version: Int64
    /// What the version did.
    public let changeType: ChangeType
    /// The history that the version belongs to.
    public let epoch: Epoch
    /// The hash of the content.
    public let contentHash: String
    /// The length of the content in canonical bytes.
    public let contentLength: Int
    /// The hash of the whole record.
    public let recordHash: String
    /// The record hash of the version before; nil for version 1.
    public let previousHash: String?
    /// The change that made the version.
    public let changeID: String
    /// Who made it.
    public let createdBy: String
    /// Why it was made.
    public let comment: String
    /// When it was made.
    public let createdAt: Timestamp
    /// The content, when it is small enough to travel with the event; proven to have `contentHash`.
    public let content: Content?
    /// The registry's signature, when it signs.
    public let signature: RecordSignature?
    /// The change set that the version was published with.
    public let changeSet: ChangeSet?
    /// The `X-Correlation-ID` of the request.
    public let correlationID: String?
    /// The version whose content a rollback brought back.
    public let restoredFrom: Int64?
    /// The checks that the publisher chose to override.
    public let overrides: String?
    /// A UUIDv5 of `epoch/environment/service/version`: the same version has the same identifier from every registry.
    package let eventID: String

    /// The number of the version before; 0 when this is the first.
    public var previousVersion: Int64 { version - 1 }

    /// What the signature is made over.
    public var signedFacts: SignedFacts {
        SignedFacts(
            epoch: epoch, key: key, version: version, changeType: changeType, contentHash: contentHash,
            recordHash: recordHash)
    }
}

extension ConfigEvent {
    /// Content up to this many bytes travels with the event.
    package static let defaultInlineLimit = 65_536

    /// The event that announces a record; content above the limit is left out (0: always).
    package init(_ record: VersionRecord, inlineLimit: Int = ConfigEvent.defaultInlineLimit) {
        self.init(
            key: record.key, version: record.version, changeType: record.changeType, epoch: record.epoch,
            contentHash: record.content.hash, contentLength: record.content.bytes.count, recordHash: record.recordHash,
            previousHash: record.previousHash, changeID: record.changeID, createdBy: record.createdBy,
            comment: record.comment, createdAt: record.createdAt,
            content: record.content.bytes.count <= inlineLimit ? record.content : nil, signature: record.signature,
            changeSet: record.changeSet, correlationID: record.correlationID, restoredFrom: record.restoredFrom,
            overrides: record.overrides,
            eventID: Self.identifier(of: record.version, of: record.key, in: record.epoch))
    }

    /// The record that the event announces; nil when the content did not travel with it.
    package var record: VersionRecord? {
        content.map { content in
            VersionRecord(
                stored: key, version: version, changeType: changeType, content: content, previousHash: previousHash,
                recordHash: recordHash, epoch: epoch, changeID: changeID, correlationID: correlationID,
                changeSet: changeSet, createdAt: createdAt, createdBy: createdBy, comment: comment,
                restoredFrom: restoredFrom, overrides: overrides, signature: signature)
        }
    }

    /// The record hash that follows from the other fields.
    var computedRecordHash: String {
        VersionRecord.hash(
            epoch: epoch, key: key, version: version, changeType: changeType, contentHash: contentHash,
            previousHash: previousHash, createdBy: createdBy, comment: comment, createdAt: createdAt,
            changeID: changeID,
            correlationID: correlationID, changesetID: changeSet?.id, restoredFrom: restoredFrom, overrides: overrides)
    }
}
