import ConfigModel

extension VersionRecord {
    /// How a version lies in the collection: the place in its history is the `_id`, always in this order, so that the
    /// index that makes the numbers unique cannot be missing. The content is kept as bytes, which the database cannot
    /// reinterpret.
    ///
    /// - Parameter isAnnounced: true for a version of a backup, which was announced once.
    func bsonFields(isAnnounced: Bool = false) -> BSONFields {
        var row: BSONFields = [
            "_id": .versionIdentity(key, version),
            "change_type": .string(changeType.rawValue),
            "config_data": .binary(content.bytes),
            "content_hash": .string(content.hash),
            "record_hash": .string(recordHash),
            "epoch": .string(epoch.description),
            "change_id": .string(changeID),
            "created_at": .date(createdAt.milliseconds),
            "created_by": .string(createdBy),
            "comment": .string(comment),
        ]
        row.append("previous_hash", previousHash)
        row.append("correlation_id", correlationID)
        row.append("changeset_id", changeSet?.id)
        if let changeSet { row.append("changeset_members", .strings(changeSet.members)) }
        if let restoredFrom { row.append("restored_from", .int64(restoredFrom)) }
        row.append("overrides", overrides)
        row.append("signature", signature?.signature)
        row.append("key_id", signature?.keyID)
        row.append("announced", .bool(isAnnounced))
        row.append("at", .serverTimestamp)
        return row
    }

    /// A guess of the length of the encoded row.
    var bsonCapacity: Int { content.bytes.count + comment.utf8.count + 2 * (changeSet?.textBytes ?? 0) + 1_536 }
}

extension BSONValue {
    /// The `_id` of what belongs to a document.
    static func documentName(_ key: DocumentKey) -> BSONValue {
        ["s": .string(key.service), "e": .string(key.environment)]
    }

    /// `{s, e, v}`.
    static func versionIdentity(_ key: DocumentKey, _ version: Int64) -> BSONValue {
        ["s": .string(key.service), "e": .string(key.environment), "v": .int64(version)]
    }
}
