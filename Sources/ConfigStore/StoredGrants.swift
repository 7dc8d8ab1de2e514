package import ConfigAccess

/// What the name of a token belongs to, for ever: the tokens that have it differ in nothing else than their texts and times.
package struct NameBinding: Sendable, Equatable {
    /// Sorted, none twice.
    package let grants: [Grant]
    /// What it may do beside its grants.
    package let rights: Set<Right>

    /// What the name of this token belongs to.
    package init(_ token: AccessToken) {
        grants = token.grants
        rights = token.rights
    }

    /// Reads what a store keeps; nil when this program does not know one of the words. A newer one may.
    package init?(storedGrants: [String], rights storedRights: [String]) {
        let grants = storedGrants.compactMap { try? Grant(parsing: $0) }
        let rights = storedRights.compactMap { Right(rawValue: $0) }
        guard grants.count == storedGrants.count, rights.count == storedRights.count else { return nil }
        self.grants = Set(grants).sorted()
        self.rights = Set(rights)
    }

    /// The words that a store keeps.
    package var storedGrants: [String] { grants.map(\.description) }
    /// The words that a store keeps.
    package var storedRights: [String] { rights.map(\.rawValue).sorted() }

    /// Why another token cannot have the name.
    package var refusal: TokenAddition { .nameTaken(grants: grants, rights: rights) }
}

/// For how long a store keeps what counts no more.
package enum AccessRetention {
    /// Tokens and denials stay this many milliseconds behind their end; a later change of the same kind removes them.
    package static let milliseconds: Int64 = 30 * 86_400_000
    /// The embedded store keeps so many entries of the access log, the newest.
    package static let logEntries: Int64 = 100_000
    /// MongoDB keeps so many bytes of them.
    package static let logBytes: Int64 = 64 * 1_024 * 1_024
}
