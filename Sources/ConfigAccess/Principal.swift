package import ConfigModel

/// Who sent a request, and what that identity may do.
package struct Principal: Sendable, Equatable {
    /// How the identity was proven.
    package enum Kind: String, Sendable {
        /// It was not: a client on this machine, while the registry listens on loopback only and no identities exist.
        case loopback
        /// No credential came with the request.
        case none
        /// A token that the registry issued.
        case token
        /// A token of an issuer that the operator trusts (RFC 7519).
        case jwt
        /// A client certificate.
        case certificate = "cert"
        /// Access to the store itself.
        case store
    }

    /// How it was proven.
    package let kind: Kind
    /// The name that versions carry as their author: a token's name, `ISSUER:subject`, or `cert:text`. Two kinds of identity
    /// never have the same one.
    package let name: String
    /// At most `Grant.maximumCount`; they add up.
    package let grants: [Grant]
    /// What it may do beside its grants.
    package let rights: Set<Right>
    /// The identifier of the token, or the `jti` of a JWT; nil when there is none.
    package let tokenID: String?
    /// From then on it does not count any more; nil when it has no end.
    package let expiresAt: Timestamp?
    /// Under which reading of the operator's files it was proven; 0 for what is proven without one.
    package var proofNumber: UInt64 = 0

    /// Puts an identity together.
    package init(
        kind: Kind, name: String, grants: [Grant], rights: Set<Right> = [], tokenID: String? = nil,
        expiresAt: Timestamp? = nil
    ) {
        self.kind = kind
        self.name = name
        self.grants = grants
        self.rights = rights
        self.tokenID = tokenID
        self.expiresAt = expiresAt
    }

    /// A client on this machine, which needs no credential while the registry listens on loopback only.
    package static let loopback = Principal(kind: .loopback, name: "anonymous", grants: [])

    /// A client without a credential, which may do what needs none.
    package static let anonymous = Principal(kind: .none, name: "anonymous", grants: [])
}

extension Principal {
    /// True when it may do everything to documents because the registry knows no identities.
    package var isUnrestricted: Bool { kind == .loopback }

    /// True when one of its grants gives one of the roles for the document.
    package func has(_ roles: [Role], for key: DocumentKey) -> Bool {
        isUnrestricted || grants.contains { roles.contains($0.role) && $0.documents.matches(key) }
    }

    /// True when one of its grants gives one of the roles for every document there is.
    package func hasEverywhere(_ roles: [Role]) -> Bool {
        isUnrestricted || grants.contains { roles.contains($0.role) && $0.documents == .everything }
    }

    /// True when one of its grants gives one of the roles for the service's document of some environment.
    package func has(_ roles: [Role], forService service: String) -> Bool {
        isUnrestricted || grants.contains { roles.contains($0.role) && $0.documents.service.matches(service) }
    }

    /// True when one of its grants gives one of the roles for the service's documents of every environment.
    package func has(_ roles: [Role], forWholeService service: String) -> Bool {
        isUnrestricted
            || grants.contains {
                roles.contains($0.role) && $0.documents.environment == nil && $0.documents.service.matches(service)
            }
    }

    /// True when it may read the document, whether the document exists or not.
    package func reads(_ key: DocumentKey) -> Bool {
        isUnrestricted || grants.contains { $0.role.reads && $0.documents.matches(key) }
    }

    /// True when it may read the service's document of at least one environment.
    package func reads(service: String) -> Bool {
        isUnrestricted || grants.contains { $0.role.reads && $0.documents.service.matches(service) }
    }

    /// True when it may read every document, so that nothing has to be left out for it.
    package var readsEverything: Bool {
        isUnrestricted || grants.contains { $0.role.reads && $0.documents == .everything }
    }

    /// True when it may read some documents at all.
    package var readsAnything: Bool { isUnrestricted || grants.contains(where: \.role.reads) }

    /// True when every one of the grants is within one of an administrator's grants of its own, so that it may give them, list
    /// an identity that has them, and end it.
    package func administers(_ given: [Grant]) -> Bool { firstTooWide(given) == nil }

    /// The first of the grants that is within none of an administrator's grants of its own.
    package func firstTooWide(_ given: [Grant]) -> Grant? {
        given.first { grant in !grants.contains { $0.role == .admin && $0.includes(grant) } }
    }
}
