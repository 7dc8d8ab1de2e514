import ConfigModel
import ConfigStore

extension StoredVersion {
    /// Reads a row and proves it: content and record hash are computed again.
    static func reading(_ row: BSONView) -> Result<StoredVersion, DamagedVersion> {
        row.proven { () throws(MongoFailure) in
            StoredVersion(
                record: try VersionRecord(proving: row, try row.content()), isAnnounced: try row.bool("announced"))
        }
    }
}

extension RecordOutline {
    /// Reads a row that has no content and proves the rest of it.
    static func reading(_ row: BSONView) -> Result<RecordOutline, DamagedVersion> {
        row.proven { () throws(MongoFailure) in
            RecordOutline(try VersionRecord(proving: row, .unread(hash: try row.string("content_hash"))))
        }
    }
}

extension BSONView {
    fileprivate func proven<Value>(
        _ read: () throws(MongoFailure) -> Value
    ) -> Result<Value, DamagedVersion> {
        do throws(MongoFailure) {
            // First, so that every read says the same of a row without a proper one.
            _ = try VersionIdentity(self)
            return .success(try read())
        } catch {
            return .failure(DamagedVersion(self, error))
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
    static func reading(_ row: BSONView) -> Result<VersionIdentity, DamagedVersion> {
        row.proven { () throws(MongoFailure) in try VersionIdentity(row) }
    }

    fileprivate init(_ row: BSONView) throws(MongoFailure) {
        self = try row.document("_id") { identity throws(MongoFailure) in
            let version = try identity.int64("v")
            guard VersionIdentity.possibleVersions.contains(version) else {
                throw MongoFailure(.malformed, "the 'v' of its _id is no possible number")
            }
            return VersionIdentity(key: try DocumentKey(identity), version: version)
        }
    }
}

extension DocumentKey {
    /// Reads the `_id` of a row.
    init(_ identity: BSONView) throws(MongoFailure) {
        let (service, environment) = (try identity.string("s"), try identity.string("e"))
        do throws(InvalidName) {
            try self.init(storedService: service, environment: environment)
        } catch {
            // Without the full stop.
            throw MongoFailure(.malformed, String("\(error)".dropLast()))
        }
    }
}

extension DamagedVersion {
    /// What can be read of a row that does not hold.
    fileprivate init(_ row: BSONView, _ failure: MongoFailure) {
        self.init(
            key: try? row.document("_id") { identity throws(MongoFailure) in try DocumentKey(identity) },
            version: try? row.document("_id") { identity throws(MongoFailure) in try identity.int64("v") },
            reason: failure.message, recordHash: try? row.stringIfPresent("record_hash"),
            changeType: (try? row.stringIfPresent("change_type")).flatMap { ChangeType(rawValue: $0) })
    }
}

extension VersionRecord {
    fileprivate init(proving row: BSONView, _ content: Content) throws(MongoFailure) {
        try self.init(row, VersionIdentity(row), content)
        if let fault { throw MongoFailure(.malformed, fault) }
        // Not part of the hashes, but what writes versions always fills it.
        _ = try row.timestamp("at")
    }

    private init(_ row: BSONView, _ identity: VersionIdentity, _ content: Content) throws(MongoFailure) {
        guard let changeType = ChangeType(rawValue: try row.string("change_type")) else {
            throw MongoFailure(.malformed, "'change_type' is not one of created, updated, deleted")
        }
        guard let epoch = Epoch(parsing: try row.string("epoch")) else {
            throw MongoFailure(.malformed, "'epoch' is not <number>-<uuid>")
        }
        let changeID = try row.string("change_id")
        self.init(
            stored: identity.key, version: identity.version, changeType: changeType, content: content,
            previousHash: try row.stringIfPresent("previous_hash"), recordHash: try row.string("record_hash"),
            epoch: epoch, changeID: changeID,
            correlationID: try row.stringIfPresent("correlation_id"),
            changeSet: try ChangeSet.reading(row, of: identity, epoch: epoch, changeID: changeID),
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
