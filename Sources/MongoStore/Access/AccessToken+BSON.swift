import ConfigAccess
import ConfigModel
import ConfigStore

extension AccessToken {
    /// How a token lies in the collection `tokens`.
    func bsonFields() -> BSONFields {
        let binding = NameBinding(self)
        var row: BSONFields = [
            "_id": .string(id), "hash": .binary(hash), "name": .string(name), "grants": .strings(binding.storedGrants),
            "rights": .strings(binding.storedRights), "created_at": .date(createdAt.milliseconds),
            "created_by": .string(createdBy),
        ]
        row.append("expires_at", expiresAt)
        row.append("comment", .string(comment))
        return row
    }

    init(_ row: BSONView) throws(MongoFailure) {
        let binding = try NameBinding(row)
        self.init(
            id: try row.string("_id"), hash: try row.binary("hash"), name: try row.string("name"),
            grants: binding.grants, rights: binding.rights,
            createdAt: Timestamp(milliseconds: try row.date("created_at")), createdBy: try row.string("created_by"),
            expiresAt: try row.time("expires_at"), comment: try row.string("comment"))
        revokedAt = try row.time("revoked_at")
        revokedBy = try row.stringIfPresent("revoked_by")
        lastUsedAt = try row.time("last_used_at")
    }
}

extension NameBinding {
    init(_ row: BSONView) throws(MongoFailure) {
        guard let binding = NameBinding(storedGrants: try row.strings("grants"), rights: try row.strings("rights"))
        else { throw MongoFailure(.malformed, "'grants' or 'rights' has a word that this program does not know") }
        self = binding
    }
}

extension Denial {
    /// How a denial lies in the collection `denials`: what is denied is the `_id`, so that it is there once.
    func bsonFields() -> BSONFields {
        let (kind, text) = subject.stored
        var row: BSONFields = [
            "id": .string(id), "kind": .string(kind), "subject": .string(text),
            "created_at": .date(createdAt.milliseconds), "created_by": .string(createdBy), "comment": .string(comment),
        ]
        row.append("until", until)
        return row
    }

    /// The `_id`.
    var bsonIdentity: BSONValue {
        let (kind, text) = subject.stored
        return ["k": .string(kind), "s": .string(text)]
    }

    init(_ row: BSONView) throws(MongoFailure) {
        guard let subject = Subject(storedKind: try row.string("kind"), text: try row.string("subject")) else {
            throw MongoFailure(.malformed, "the 'kind' of a denial is not one of identity, jti")
        }
        self.init(
            id: try row.string("id"), subject: subject, until: try row.time("until"),
            createdAt: Timestamp(milliseconds: try row.date("created_at")), createdBy: try row.string("created_by"),
            comment: try row.string("comment"))
    }
}

extension AccessLogEntry {
    /// How an entry lies in the collection `access_log`.
    func bsonFields(position: AccessLogPosition) -> BSONFields {
        var row: BSONFields = [
            "_id": .string(position.text), "at": .date(at.milliseconds), "registry": .string(registry),
            "kind": .string(kind.rawValue), "action": .string(action), "status": .int64(Int64(status)),
            "type": .string(type), "count": .int64(count),
        ]
        row.append("identity", identity)
        row.append("token_id", tokenID)
        row.append("address", address)
        row.append("subject", subject)
        return row
    }

    init(_ row: BSONView) throws(MongoFailure) {
        guard let kind = Principal.Kind(rawValue: try row.string("kind")) else {
            throw MongoFailure(.malformed, "the 'kind' of an entry of the access log is unknown")
        }
        self.init(
            at: Timestamp(milliseconds: try row.date("at")), registry: try row.string("registry"), kind: kind,
            identity: try row.stringIfPresent("identity"), tokenID: try row.stringIfPresent("token_id"),
            address: try row.stringIfPresent("address"), action: try row.string("action"),
            subject: try row.stringIfPresent("subject"), status: Int(clamping: try row.int64("status")),
            type: try row.string("type"), count: try row.int64("count"))
    }
}

extension BSONValue {
    static func strings(_ texts: [String]) -> BSONValue { .array(texts.map { .string($0) }) }
}

extension BSONFields {
    fileprivate mutating func append(_ name: String, _ time: Timestamp?) {
        if let time { append(name, .date(time.milliseconds)) }
    }
}

extension BSONView {
    fileprivate func time(_ name: String) throws(MongoFailure) -> Timestamp? {
        try dateIfPresent(name).map { Timestamp(milliseconds: $0) }
    }
}
