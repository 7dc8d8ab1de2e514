package import ConfigModel

/// A token as a store keeps it: everything but its text.
package struct AccessToken: Sendable, Equatable {
    /// The public part of its text.
    package let id: String
    /// SHA-256 of its text, 32 bytes.
    package let hash: [UInt8]
    /// The identity that versions carry. Tokens of one name have the same grants and rights.
    package let name: String
    /// At most `Grant.maximumCount`, sorted, none twice.
    package let grants: [Grant]
    /// What it may do beside its grants.
    package let rights: Set<Right>
    /// When it was made.
    package let createdAt: Timestamp
    /// The identity that made it.
    package let createdBy: String
    /// From then on it does not count any more; nil when it has no end.
    package var expiresAt: Timestamp?
    /// When it was revoked.
    package var revokedAt: Timestamp?
    /// The identity that revoked it.
    package var revokedBy: String?
    /// When it was last used, exact to five minutes.
    package var lastUsedAt: Timestamp?
    /// What a person wrote about it.
    package let comment: String

    /// Puts a token together.
    package init(
        id: String, hash: [UInt8], name: String, grants: [Grant], rights: Set<Right> = [], createdAt: Timestamp,
        createdBy: String, expiresAt: Timestamp?, comment: String = ""
    ) {
        self.id = id
        self.hash = hash
        self.name = name
        self.grants = Set(grants).sorted()
        self.rights = rights
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.expiresAt = expiresAt
        self.comment = comment
    }

    /// True while it counts.
    package func isLiving(at now: Timestamp) -> Bool { revokedAt == nil && (expiresAt.map { now < $0 } ?? true) }

    /// The identity that it proves.
    package var principal: Principal {
        Principal(kind: .token, name: name, grants: grants, rights: rights, tokenID: id, expiresAt: expiresAt)
    }
}

/// What the name of a token may be.
package enum TokenName {
    /// The rule as a regular expression. It has no `:`, which the names of other kinds of identity have.
    package static let pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}"

    /// True for a name that follows the rule.
    package static func isValid(_ name: String) -> Bool {
        name.utf8.count <= 64 && (try? NameRule.service.check(name)) != nil
    }
}
