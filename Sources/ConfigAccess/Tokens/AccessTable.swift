package import ConfigModel

/// The identities that the registry knows, as last read from the store: a value, so that a request is let in from memory.
package struct AccessTable: Sendable {
    /// What a token proves.
    package enum Check: Sendable, Equatable {
        /// Who has it.
        case valid(Principal)
        /// The secret is right, and the token has ended.
        case expired
        /// The secret is right, and the token was revoked.
        case revoked
        /// No token has this identifier and this secret.
        case wrong
        /// The table does not have the identifier; a store may.
        case unknown
    }

    /// Whether an identity that was let in still counts.
    package enum Standing: String, Sendable, Equatable {
        /// It does.
        case valid
        /// It has ended.
        case expired
        /// It was revoked or denied.
        case revoked
        /// It has other grants or rights now.
        case changed
    }

    private var tokens: [String: AccessToken] = [:]
    private var denials: [Denial.Subject: Denial] = [:]

    /// Takes what a store keeps.
    package init(tokens: [AccessToken] = [], denials: [Denial] = []) {
        for token in tokens { self.tokens[token.id] = token }
        for denial in denials { self.denials[denial.subject] = denial }
    }

    /// Adds a token that was read on its own, or replaces what is known of it.
    package mutating func insert(_ token: AccessToken) { tokens[token.id] = token }

    /// Takes a token as revoked.
    package mutating func revoke(_ id: String, at time: Timestamp, by identity: String) {
        guard tokens[id]?.revokedAt == nil else { return }
        tokens[id]?.revokedAt = time
        tokens[id]?.revokedBy = identity
    }

    /// Takes a token as ending at a time, unless it ends earlier.
    package mutating func limit(_ id: String, to end: Timestamp) {
        guard let token = tokens[id] else { return }
        tokens[id]?.expiresAt = min(token.expiresAt ?? end, end)
    }

    /// Adds a denial, or replaces one of the same subject.
    package mutating func insert(_ denial: Denial) { denials[denial.subject] = denial }

    /// Removes a denial.
    package mutating func removeDenial(_ id: String) { denials = denials.filter { $0.value.id != id } }

    /// Every token, in the order in which they were made.
    package var allTokens: [AccessToken] {
        tokens.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// Every denial, in the order in which they were made.
    package var allDenials: [Denial] {
        denials.values.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// True when both let the same in: when a token was last used does not matter.
    package func decides(like other: AccessTable) -> Bool {
        denials == other.denials && tokens.count == other.tokens.count
            && tokens.allSatisfy { id, token in
                guard var same = other.tokens[id] else { return false }
                same.lastUsedAt = token.lastUsedAt
                return token == same
            }
    }

    /// The token with an identifier.
    package func token(_ id: String) -> AccessToken? { tokens[id] }

    /// Whose token it is.
    package func check(_ text: TokenText, at now: Timestamp) -> Check {
        guard let token = tokens[text.id] else { return .unknown }
        guard Self.areEqual(token.hash, text.hash) else { return .wrong }
        if token.revokedAt != nil { return .revoked }
        return token.isLiving(at: now) ? .valid(token.principal) : .expired
    }

    /// Whether an identity that the registry did not issue, or one of its tokens, is refused.
    package func isDenied(identity: String, jti: String?, at now: Timestamp) -> Bool {
        func counts(_ subject: Denial.Subject) -> Bool {
            denials[subject]?.counts(at: now) ?? false
        }
        return counts(.identity(identity)) || jti.map { counts(.jti($0)) } ?? false
    }

    /// Whether an identity that was let in still counts.
    package func standing(of principal: Principal, at now: Timestamp) -> Standing {
        switch principal.kind {
        case .loopback, .none, .store: return .valid
        case .token:
            guard let token = principal.tokenID.flatMap({ tokens[$0] }), token.revokedAt == nil else { return .revoked }
            guard token.isLiving(at: now) else { return .expired }
            return token.grants == principal.grants && token.rights == principal.rights ? .valid : .changed
        case .jwt, .certificate:
            if isDenied(identity: principal.name, jti: principal.tokenID, at: now) { return .revoked }
            return principal.expiresAt.map { now < $0 } ?? true ? .valid : .expired
        }
    }

    /// In a time that does not tell how much of two hashes is the same.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
