extension VersionRecord {
    /// Makes a record and its hash.
    package init(
        key: DocumentKey, version: Int64, changeType: ChangeType, content: Content, previousHash: String?, epoch: Epoch,
        changeID: String, correlationID: String? = nil, changeSet: ChangeSet? = nil, createdAt: Timestamp,
        createdBy: String, comment: String, restoredFrom: Int64? = nil, overrides: String? = nil
    ) {
        let unhashed = VersionRecord(
            key: key, version: version, changeType: changeType, content: content, previousHash: previousHash,
            recordHash: "", epoch: epoch, changeID: changeID, correlationID: correlationID, changeSet: changeSet,
            createdAt: createdAt, createdBy: createdBy, comment: comment, restoredFrom: restoredFrom,
            overrides: overrides, signature: nil)
        self = unhashed.replacing(recordHash: unhashed.computedRecordHash, signature: nil)
    }

    /// Makes a record of what some source sent; nothing is checked.
    package init(
        stored key: DocumentKey, version: Int64, changeType: ChangeType, content: Content, previousHash: String?,
        recordHash: String, epoch: Epoch, changeID: String, correlationID: String?, changeSet: ChangeSet?,
        createdAt: Timestamp, createdBy: String, comment: String, restoredFrom: Int64?, overrides: String?,
        signature: RecordSignature?
    ) {
        self.init(
            key: key, version: version, changeType: changeType, content: content, previousHash: previousHash,
            recordHash: recordHash, epoch: epoch, changeID: changeID, correlationID: correlationID,
            changeSet: changeSet, createdAt: createdAt, createdBy: createdBy, comment: comment,
            restoredFrom: restoredFrom, overrides: overrides, signature: signature)
    }

    /// The record hash that follows from the other fields.
    package var computedRecordHash: String {
        Self.hash(
            epoch: epoch, key: key, version: version, changeType: changeType, contentHash: content.hash,
            previousHash: previousHash, createdBy: createdBy, comment: comment, createdAt: createdAt,
            changeID: changeID,
            correlationID: correlationID, changesetID: changeSet?.id, restoredFrom: restoredFrom, overrides: overrides)
    }

    /// The hash of a record with these fields; the content counts by its hash.
    static func hash(
        epoch: Epoch, key: DocumentKey, version: Int64, changeType: ChangeType, contentHash: String,
        previousHash: String?, createdBy: String, comment: String, createdAt: Timestamp, changeID: String,
        correlationID: String?, changesetID: String?, restoredFrom: Int64?, overrides: String?
    ) -> String {
        SHA256Text.hash(
            RecordFraming([
                RecordFraming.domain, epoch.description, key.service, key.environment, String(version),
                changeType.rawValue, contentHash, previousHash, createdBy, comment, createdAt.description, changeID,
                correlationID, changesetID, restoredFrom.map { String($0) }, overrides,
            ]).bytes)
    }

    /// The same record with a signature.
    package func signed(_ signature: RecordSignature) -> VersionRecord {
        replacing(recordHash: recordHash, signature: signature)
    }

    /// The same record with other content, whose hash must be the same.
    func replacing(content: Content) -> VersionRecord {
        replacing(recordHash: recordHash, signature: signature, content: content)
    }

    private func replacing(
        recordHash: String, signature: RecordSignature?, content: Content? = nil
    ) -> VersionRecord {
        VersionRecord(
            key: key, version: version, changeType: changeType, content: content ?? self.content,
            previousHash: previousHash,
            recordHash: recordHash, epoch: epoch, changeID: changeID, correlationID: correlationID,
            changeSet: changeSet, createdAt: createdAt, createdBy: createdBy, comment: comment,
            restoredFrom: restoredFrom, overrides: overrides, signature: signature)
    }
}
