import ConfigModel
import ConfigStore
import GRDB

extension StoredVersion {
    /// Reads a row and proves it: content and record hash are computed again.
    static func reading(_ row: Row) -> Result<StoredVersion, DamagedVersion> {
        row.proven { () throws(RowFault) in
            StoredVersion(
                record: try VersionRecord(proving: row, try row.content()), isAnnounced: try row.int64("announced") != 0
            )
        }
    }
}

extension RecordOutline {
    /// Reads a row that has no content and proves the rest of it.
    static func reading(_ row: Row) -> Result<RecordOutline, DamagedVersion> {
        row.proven { () throws(RowFault) in
            RecordOutline(try VersionRecord(proving: row, .unread(hash: try row.text("content_hash"))))
        }
    }
}

extension Row {
    fileprivate func proven<Value>(_ read: () throws(RowFault) -> Value) -> Result<Value, DamagedVersion> {
        do throws(RowFault) {
            // First, so that every read says the same of a row without a proper one.
            _ = try documentKey()
            return .success(try read())
        } catch {
            return .failure(DamagedVersion(self, error))
        }
    }

    fileprivate func content() throws(RowFault) -> Content {
        let content = Content(canonical: try bytes("config_data"))
        guard content.hash == (try text("content_hash")) else {
            throw RowFault("'content_hash' does not match 'config_data'")
        }
        return content
    }
}

extension VersionIdentity {
    /// Reads the name and the number of a row.
    static func reading(_ row: Row) -> Result<VersionIdentity, DamagedVersion> {
        row.proven { () throws(RowFault) in
            VersionIdentity(key: try row.documentKey(), version: try row.int64("version"))
        }
    }
}

extension DamagedVersion {
    /// What can be read of a row that does not hold.
    fileprivate init(_ row: Row, _ fault: RowFault) {
        self.init(
            key: try? row.documentKey(), version: try? row.int64("version"), reason: fault.description,
            recordHash: try? row.optionalText("record_hash"),
            changeType: (try? row.optionalText("change_type")).flatMap { ChangeType(rawValue: $0) })
    }
}

extension VersionRecord {
    fileprivate init(proving row: Row, _ content: Content) throws(RowFault) {
        try self.init(row, content)
        if let fault { throw RowFault(fault) }
        // It is not part of the hashes, but what writes versions always fills it.
        _ = try row.int64("stored_at")
    }

    private init(_ row: Row, _ content: Content) throws(RowFault) {
        guard let changeType = ChangeType(rawValue: try row.text("change_type")) else {
            throw RowFault("'change_type' is not one of created, updated, deleted")
        }
        guard let epoch = Epoch(parsing: try row.text("epoch")) else {
            throw RowFault("'epoch' is not <number>-<uuid>")
        }
        let (key, version, changeID) = (try row.documentKey(), try row.int64("version"), try row.text("change_id"))
        self.init(
            stored: key, version: version, changeType: changeType, content: content,
            previousHash: try row.optionalText("previous_hash"), recordHash: try row.text("record_hash"), epoch: epoch,
            changeID: changeID, correlationID: try row.optionalAnyText("correlation_id"),
            changeSet: try ChangeSet.reading(row, of: key, version: version, epoch: epoch, changeID: changeID),
            createdAt: Timestamp(milliseconds: try row.int64("created_at")), createdBy: try row.anyText("created_by"),
            comment: try row.anyText("comment"), restoredFrom: try row.optionalInt64("restored_from"),
            overrides: try row.optionalAnyText("overrides"), signature: try RecordSignature(row))
    }
}

extension RecordSignature {
    /// Nil when the version is not signed.
    fileprivate init?(_ row: Row) throws(RowFault) {
        let signature = try row.optionalText("signature")
        let keyID = try row.optionalText("key_id")
        switch (signature, keyID) {
        case (let signature?, let keyID?): self.init(signature: signature, keyID: keyID)
        case (nil, nil): return nil
        default: throw RowFault("only one of 'signature' and 'key_id' is there")
        }
    }
}
