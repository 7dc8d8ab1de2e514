package import ConfigAccess
package import ConfigModel

/// Whether a store lets callers in without a credential.
package enum AuthenticationRule: String, Sendable, CaseIterable {
    /// It never had an identity.
    case optional
    /// It has identities, and no caller is let in without a credential, whichever registry serves it.
    case required
    /// It was required, and the operator took it back: as `optional`, until the next token is made.
    case off
}

/// What became of a token that was to be added.
package enum TokenAddition: Sendable, Equatable {
    /// It is stored.
    case added
    /// The name belongs to other grants or rights.
    case nameTaken(grants: [Grant], rights: Set<Right>)
    /// So many tokens are living already.
    case tooMany
}

/// The port to the identities that a store keeps.
///
/// All reads are majority reads. A change, the rise of the number `StoreState.access` that makes other registries read again
/// included, is on the journal of a majority when the call returns; doing the same change again is harmless.
package protocol AccessStore: Sendable {
    /// All tokens, those too that ended within the last 30 days. One that cannot be read is left out and logged: it counts for
    /// nothing then.
    func tokens() async throws(StoreError) -> [AccessToken]

    /// One token; nil too when it cannot be read.
    func token(_ id: String) async throws(StoreError) -> AccessToken?

    /// Adds a token, and makes authentication required. Its name is bound to its grants and rights from then on, whatever
    /// becomes of the token.
    ///
    /// - Parameter limit: not more tokens than this are living at its `createdAt`; of callers at the same time more may be
    ///   refused than would have to be.
    func addToken(_ token: AccessToken, limit: Int) async throws(StoreError) -> TokenAddition

    /// Adds a token that administers everything, and makes authentication required, unless a living one exists at its
    /// `createdAt`; of several callers at the same time one adds its token.
    ///
    /// - Returns: false when there is one; true when it is this very token.
    func addFirstToken(_ token: AccessToken) async throws(StoreError) -> Bool

    /// Revokes a token; what was revoked stays as it is.
    ///
    /// - Returns: false when it was revoked before, at another time or by another identity, or does not exist.
    func revokeToken(_ id: String, at: Timestamp, by identity: String) async throws(StoreError) -> Bool

    /// Lets a token end at a time, unless it ends earlier.
    func limitToken(_ id: String, to end: Timestamp) async throws(StoreError)

    /// Notes when tokens were last used, unless a later use is known. It raises no number.
    func noteUses(_ uses: [String: Timestamp]) async throws(StoreError)

    /// All denials, those too that ended within the last 30 days.
    func denials() async throws(StoreError) -> [Denial]

    /// Adds a denial; one of the same subject is replaced.
    ///
    /// - Returns: false when `limit` others count at its `createdAt`.
    func addDenial(_ denial: Denial, limit: Int) async throws(StoreError) -> Bool

    /// Removes a denial.
    ///
    /// - Returns: false when it does not exist.
    func removeDenial(_ id: String) async throws(StoreError) -> Bool

    /// Says whether callers need a credential.
    func setAuthentication(_ rule: AuthenticationRule) async throws(StoreError)

    /// Adds entries to the access log, of which the newest are kept.
    func appendAccessLog(_ entries: [AccessLogEntry]) async throws(StoreError)

    /// Entries of the access log, newest first.
    ///
    /// - Parameter query: its `after` is a position.
    func accessLog(_ query: AccessLogQuery) async throws(StoreError) -> AccessLogPage
}
