package import ConfigAccess
import ConfigModel

extension Grant {
    /// A grant that is written rightly.
    package static func sample(_ text: String) throws -> Grant { try Grant(parsing: text) }
}

extension AccessToken {
    /// A token that lives from one millisecond to another.
    package static func sample(
        _ name: String, _ grants: [String] = ["reader:#/*"], rights: Set<Right> = [], text: TokenText = .random(),
        createdAt: Int64 = 1_000, expiresAt: Int64? = 100_000
    ) throws -> AccessToken {
        AccessToken(
            id: text.id, hash: text.hash, name: name, grants: try grants.map { try Grant(parsing: $0) }, rights: rights,
            createdAt: Timestamp(milliseconds: createdAt), createdBy: "alice",
            expiresAt: expiresAt.map { Timestamp(milliseconds: $0) }, comment: "for \(name)")
    }
}

extension Denial {
    /// A denial of an identity.
    package static func sample(
        _ identity: String, id: String = "\(UInt64.random(in: 0...(.max)))", createdAt: Int64 = 1_000,
        until: Int64? = nil
    ) -> Denial {
        Denial(
            id: id, subject: .identity(identity), until: until.map { Timestamp(milliseconds: $0) },
            createdAt: Timestamp(milliseconds: createdAt), createdBy: "alice", comment: "lost \(identity)")
    }
}

extension AccessLogEntry {
    /// A refusal.
    package static func sample(
        at milliseconds: Int64, identity: String? = "alice", action: String = "readDocument",
        type: String = "not-allowed"
    ) -> AccessLogEntry {
        AccessLogEntry(
            at: Timestamp(milliseconds: milliseconds), registry: "host-1", kind: .token, identity: identity,
            action: action, status: 403, type: type)
    }
}
