package import ConfigAccess
import ConfigModel

/// A token that is to be made.
package struct TokenRequest: Sendable, Equatable {
    /// When it ends.
    package enum Expiry: Sendable, Equatable {
        /// After 90 days.
        case standard
        /// After this many milliseconds.
        case after(milliseconds: Int64)
        /// Never, which only an administrator of everything may say.
        case never
    }

    /// What it identifies.
    package var name: String
    /// What it may do.
    package var grants: [Grant]
    /// What it may do beside its grants.
    package var rights: Set<Right>
    /// When it ends.
    package var expiry: Expiry
    /// For people.
    package var comment: String

    /// Puts a request together.
    package init(
        name: String, grants: [Grant], rights: Set<Right> = [], expiry: Expiry = .standard, comment: String = ""
    ) {
        self.name = name
        self.grants = grants
        self.rights = rights
        self.expiry = expiry
        self.comment = comment
    }
}

/// A token that was made: the only time that its text is known.
package struct NewToken: Sendable, Equatable {
    /// What the store keeps.
    package let token: AccessToken
    /// What its user gets.
    package let text: TokenText
}

extension TokenRequest {
    /// How long a token lives unless the request says otherwise.
    package static let standardLife: Int64 = 90 * 86_400_000
    /// How long a token may live.
    package static let longestLife: Int64 = 366 * 86_400_000
    static let maximumCommentBytes = 1_024
    /// Identities that are not given to others: the one of the first token, and the one of callers without a credential.
    private static let reservedNames: [String: [Grant]] = [
        FirstToken.name: [Grant.administrator], Principal.anonymous.name: [],
    ]

    /// Checks the fields against their rules, and the grants against those of the caller.
    func check(_ creator: Principal) throws(AccessError) {
        guard TokenName.isValid(name) else {
            throw .invalid(field: "name", reason: "it must match \(TokenName.pattern)")
        }
        guard (1...Grant.maximumCount).contains(Set(grants).count) else {
            throw .invalid(field: "grants", reason: "a token has from 1 to \(Grant.maximumCount) grants")
        }
        if let reserved = Self.reservedNames[name], reserved != grants || !rights.isEmpty {
            throw .invalid(field: "name", reason: "'\(name)' is reserved: use another one")
        }
        try Self.check(comment: comment)
        if case .after(let milliseconds) = expiry {
            guard (1_000...Self.longestLife).contains(milliseconds) else {
                throw .invalid(
                    field: "expires_in",
                    reason: "a token lives from 1 s to 366 d; one without end is made with \"expires\": \"never\"")
            }
        }
        if let grant = creator.firstTooWide(grants) { throw .notWithin(grant) }
        if expiry == .never, !creator.administersEverything {
            throw .onlyAdministrators("A token without end")
        }
    }

    /// Checks what a person wrote. Control characters are refused because it is shown in terminals and logs.
    static func check(comment: String) throws(AccessError) {
        guard comment.utf8.count <= maximumCommentBytes else {
            throw .invalid(field: "comment", reason: "it has at most \(maximumCommentBytes) bytes")
        }
        guard comment.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .invalid(field: "comment", reason: "it has no control characters")
        }
        try check(text: comment, field: "comment")
    }

    /// Refuses a text that would be kept and logged with a token in it.
    static func check(text: String, field: String) throws(AccessError) {
        guard let token = TokenText.found(in: text) else { return }
        throw .invalid(
            field: field,
            reason:
                "it holds the text of a token: revoke that token with 'configbus token revoke \(token.id)', and leave "
                + "its text out")
    }

    func token(_ text: TokenText, at now: Timestamp, by creator: String) -> AccessToken {
        let life: Int64? =
            switch expiry {
            case .standard: Self.standardLife
            case .after(let milliseconds): milliseconds
            case .never: nil
            }
        return AccessToken(
            id: text.id, hash: text.hash, name: name, grants: grants, rights: rights, createdAt: now,
            createdBy: creator, expiresAt: life.map { Timestamp(milliseconds: now.milliseconds + $0) }, comment: comment
        )
    }
}

extension Principal {
    /// True when it may give every grant, and ends what has none.
    package var administersEverything: Bool { grants.contains(.administrator) }
}
