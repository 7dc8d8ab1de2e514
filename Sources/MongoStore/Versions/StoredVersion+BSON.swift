import ConfigModel
import ConfigRegistry

extension StoredVersion {
    /// Reads a row and proves it: content and record hash are computed again.
    init(_ row: BSONView) throws(MongoFailure) {
        self = try row.proven { row, identity throws(MongoFailure) in
            StoredVersion(
                record: try VersionRecord(proving: row, identity, try row.content()),
                isAnnounced: try row.bool("announced"))
        }
    }
}

extension RecordOutline {
    /// Reads a row that has no content and proves the rest of it.
    init(_ row: BSONView) throws(MongoFailure) {
        self = try row.proven { row, identity throws(MongoFailure) in
            let content = Content.unread(hash: try row.string("content_hash"))
            return RecordOutline(try VersionRecord(proving: row, identity, content))
        }
    }
}

extension BSONView {
    /// Reads the row; what is wrong with it is said with its place.
    fileprivate func proven<Value>(
        _ read: (BSONView, VersionIdentity) throws(MongoFailure) -> Value
    ) throws(MongoFailure) -> Value {
        let identity: VersionIdentity
        do throws(MongoFailure) {
            identity = try VersionIdentity(self)
        } catch {
            throw error.located(in: "A row of the collection 'versions' that has no proper _id")
        }
        do throws(MongoFailure) {
            return try read(self, identity)
        } catch {
            throw error.located(in: "Version \(identity.version) of \(identity.key) in the collection 'versions'")
        }
    }

    fileprivate func content() throws(MongoFailure) -> Content {
        let content = Content(canonical: try binary("config_data"))
        guard content.hash == (try string("content_hash")) else {
            throw MongoFailure(.malformed, "'content_hash' does not match 'config_data'")
        }
        return content
    }
}

extension VersionIdentity {
    /// Reads the `_id` of a row.
    init(_ row: BSONView) throws(MongoFailure) {
        self = try row.document("_id") { identity throws(MongoFailure) in
            let service = try identity.string("s")
            let environment = try identity.string("e")
            let version = try identity.int64("v")
            do throws(InvalidName) {
                return VersionIdentity(
                    key: try DocumentKey(service: service, environment: environment), version: version)
            } catch {
                throw MongoFailure(.malformed, "\(error)")
            }
        }
    }
}

extension VersionRecord {
    fileprivate init(
        proving row: BSONView, _ identity: VersionIdentity, _ content: Content
    ) throws(MongoFailure) {
        try self.init(row, identity, content)
        guard recordHash == computedRecordHash else {
            throw MongoFailure(.malformed, "'record_hash' does not match the other fields")
        }
    }

    private init(_ row: BSONView, _ identity: VersionIdentity, _ content: Content) throws(MongoFailure) {
        guard let changeType = ChangeType(rawValue: try row.string("change_type")) else {
            throw MongoFailure(.malformed, "'change_type' is not one of created, updated, deleted")
        }
        guard let epoch = Epoch(parsing: try row.string("epoch")) else {
            throw MongoFailure(.malformed, "'epoch' is not <number>-<uuid>")
        }
        self.init(
            stored: identity.key, version: identity.version, changeType: changeType, content: content,
            previousHash: try row.stringIfPresent("previous_hash"), recordHash: try row.string("record_hash"),
            epoch: epoch, changeID: try row.string("change_id"),
            correlationID: try row.stringIfPresent("correlation_id"),
            changesetID: try row.stringIfPresent("changeset_id"),
            createdAt: Timestamp(milliseconds: try row.date("created_at")),
            createdBy: try row.string("created_by"), comment: try row.string("comment"),
            restoredFrom: try row.int64IfPresent("restored_from"), overrides: try row.stringIfPresent("overrides"),
            signature: try RecordSignature(row))
    }
}

extension RecordSignature {
    /// Nil when the version is not signed.
    fileprivate init?(_ row: BSONView) throws(MongoFailure) {
        let signature = try row.stringIfPresent("signature")
        let keyID = try row.stringIfPresent("key_id")
        switch (signature, keyID) {
        case (let signature?, let keyID?): self.init(signature: signature, keyID: keyID)
        case (nil, nil): return nil
        default: throw MongoFailure(.malformed, "only one of 'signature' and 'key_id' is there")
        }
    }
}
