package import ConfigModel

/// Who a caller is to a registry, and what that identity may do: `GET /api/access`, `POST /api/tokens:check`.
package struct IdentityFacts: Sendable, Equatable {
    /// The name that versions carry.
    package let identity: String
    /// How it is proven: `token`, `jwt` or `cert`.
    package let kind: String
    /// The identifier of the token, or the `jti` of a JWT.
    package let tokenID: String?
    /// What it may do, each as `role:service/environment`.
    package let grants: [String]
    /// What it may do beside its grants.
    package let rights: [String]
    /// From then on the credential does not count any more; nil when it has no end.
    package let expiresAt: Timestamp?

    /// Puts them together.
    package init(
        identity: String, kind: String, tokenID: String?, grants: [String], rights: [String], expiresAt: Timestamp?
    ) {
        self.identity = identity
        self.kind = kind
        self.tokenID = tokenID
        self.grants = grants
        self.rights = rights
        self.expiresAt = expiresAt
    }
}

extension IdentityFacts {
    /// Reads a body.
    package init(_ body: [UInt8]) throws(InvalidResponse) {
        let object = try ResponseJSON.object(body)
        self = try ResponseJSON.fields { () throws(JSONFieldError) in
            IdentityFacts(
                identity: try object.string("identity"), kind: try object.string("kind"),
                tokenID: try object.optionalString("token_id"), grants: try object.texts("grants"),
                rights: try object.texts("rights"), expiresAt: try object.moment("expires_at"))
        }
    }

    /// The body.
    package var jsonBytes: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { body in
            body.member("identity", identity)
            body.member("kind", kind)
            body.member("token_id", tokenID)
            body.array("grants") { list in grants.forEach { list.element($0) } }
            body.array("rights") { list in rights.forEach { list.element($0) } }
            body.member("expires_at", expiresAt?.description)
        }
        return writer.bytes
    }
}
