package import ConfigModel

/// What a registry says about a token: everything but its text.
package struct TokenFacts: Sendable, Equatable {
    /// Whether it counts.
    package enum Status: String, Sendable, CaseIterable {
        /// It does.
        case active
        /// It has ended by itself.
        case expired
        /// It was revoked.
        case revoked
    }

    /// The public part of its text.
    package var id: String
    /// The identity that versions carry.
    package var name: String
    /// What it may do.
    package var grants: [String]
    /// What it may do beside its grants.
    package var rights: [String]
    /// Whether it counts.
    package var status: Status
    /// When it was made.
    package var createdAt: Timestamp
    /// The identity that made it.
    package var createdBy: String
    /// From then on it does not count any more; nil when it has no end.
    package var expiresAt: Timestamp?
    /// When it was revoked.
    package var revokedAt: Timestamp?
    /// The identity that revoked it.
    package var revokedBy: String?
    /// When it was last used, exact to five minutes.
    package var lastUsedAt: Timestamp?
    /// What a person wrote about it.
    package var comment: String

    /// Puts them together.
    package init(
        id: String, name: String, grants: [String], rights: [String], status: Status, createdAt: Timestamp,
        createdBy: String, expiresAt: Timestamp?, comment: String
    ) {
        self.id = id
        self.name = name
        self.grants = grants
        self.rights = rights
        self.status = status
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.comment = comment
    }
}

extension TokenFacts {
    /// Reads a token of a list, or one on its own.
    package init(json object: JSONObject) throws(JSONFieldError) {
        self.init(
            id: try object.string("id"), name: try object.string("name"), grants: try object.texts("grants"),
            rights: try object.texts("rights"),
            status: try object.parsed("status") { Status(rawValue: $0) },
            createdAt: try object.parsed("created_at") { Timestamp(parsing: $0) },
            createdBy: try object.string("created_by"), expiresAt: try object.moment("expires_at"),
            comment: try object.string("comment"))
        revokedAt = try object.moment("revoked_at")
        revokedBy = try object.optionalString("revoked_by")
        lastUsedAt = try object.moment("last_used_at")
    }

    /// Reads a body about one token.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in try TokenFacts(json: object) }
    }

    /// Reads a list.
    package static func list(_ body: [UInt8]) throws(InvalidResponse) -> [TokenFacts] {
        var tokens: [TokenFacts] = []
        for object in try ResponseJSON.objects(body) {
            tokens.append(try ResponseJSON.fields { () throws(JSONFieldError) in try TokenFacts(json: object) })
        }
        return tokens
    }

    /// Writes the members of the object.
    package func write(to object: inout JSONWriter) {
        object.member("id", id)
        object.member("name", name)
        object.array("grants") { list in grants.forEach { list.element($0) } }
        object.array("rights") { list in rights.forEach { list.element($0) } }
        object.member("status", status.rawValue)
        object.member("created_at", createdAt.description)
        object.member("created_by", createdBy)
        object.member("expires_at", expiresAt?.description)
        object.member("revoked_at", revokedAt?.description)
        object.member("revoked_by", revokedBy)
        object.member("last_used_at", lastUsedAt?.description)
        object.member("comment", comment)
    }

    /// The body about one token.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object(write)
        return writer.bytes
    }

    /// The body of a list.
    package static func jsonBytes(_ tokens: [TokenFacts]) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 * tokens.count + 2)
        writer.array { list in
            for token in tokens { list.object(token.write) }
        }
        return writer.bytes
    }
}
