import ConfigAccess
import ConfigModel
import ConfigStore

/// How identities stand in a backup: as a store keeps them, so that no text of a token is in it.
extension BoundName {
    func write(_ object: inout JSONWriter) {
        object.member("name", name)
        object.member("grants", binding.storedGrants)
        object.member("rights", binding.storedRights)
    }

    init(json object: JSONObject) throws(JSONFieldError) {
        self.init(name: try object.string("name"), binding: try NameBinding(json: object))
    }
}

extension NameBinding {
    fileprivate init(json object: JSONObject) throws(JSONFieldError) {
        let (grants, rights) = (try object.optionalStrings("grants"), try object.optionalStrings("rights"))
        guard let binding = NameBinding(storedGrants: grants ?? [], rights: rights ?? []) else {
            throw JSONFieldError(
                field: "grants", problem: .invalid("a grant or a right is not known; a newer version may know it."))
        }
        self = binding
    }
}

extension AccessToken {
    func write(_ object: inout JSONWriter) {
        let binding = NameBinding(self)
        object.member("id", id)
        object.member("hash", Base64.encode(hash))
        object.member("name", name)
        object.member("grants", binding.storedGrants)
        object.member("rights", binding.storedRights)
        object.member("created_at", createdAt.description)
        object.member("created_by", createdBy)
        object.member("expires_at", expiresAt?.description)
        object.member("revoked_at", revokedAt?.description)
        object.member("revoked_by", revokedBy)
        object.member("last_used_at", lastUsedAt?.description)
        object.member("comment", comment)
    }

    init(json object: JSONObject) throws(JSONFieldError) {
        let binding = try NameBinding(json: object)
        self.init(
            id: try object.string("id"), hash: try object.parsed("hash") { Base64.decode($0) },
            name: try object.string("name"), grants: binding.grants, rights: binding.rights,
            createdAt: try object.parsed("created_at") { Timestamp(parsing: $0) },
            createdBy: try object.string("created_by"),
            expiresAt: try object.optionallyParsed("expires_at") { Timestamp(parsing: $0) },
            comment: try object.string("comment"))
        revokedAt = try object.optionallyParsed("revoked_at") { Timestamp(parsing: $0) }
        revokedBy = try object.optionalString("revoked_by")
        lastUsedAt = try object.optionallyParsed("last_used_at") { Timestamp(parsing: $0) }
    }
}

extension Denial {
    func write(_ object: inout JSONWriter) {
        let (kind, text) = subject.stored
        object.member("id", id)
        object.member("kind", kind)
        object.member("subject", text)
        object.member("until", until?.description)
        object.member("created_at", createdAt.description)
        object.member("created_by", createdBy)
        object.member("comment", comment)
    }

    init(json object: JSONObject) throws(JSONFieldError) {
        let text = try object.string("subject")
        self.init(
            id: try object.string("id"),
            subject: try object.parsed("kind") { Subject(storedKind: $0, text: text) },
            until: try object.optionallyParsed("until") { Timestamp(parsing: $0) },
            createdAt: try object.parsed("created_at") { Timestamp(parsing: $0) },
            createdBy: try object.string("created_by"), comment: try object.string("comment"))
    }
}
