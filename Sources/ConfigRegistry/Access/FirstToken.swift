package import ConfigAccess
package import ConfigModel
package import ConfigStore

/// The token that administers everything, made at the store itself: with the store's own credentials, and never over HTTP.
package struct FirstToken: Sendable {
    /// Its name.
    package static let name = "bootstrap"
    /// How long it lives.
    package static let life: Int64 = 24 * 3_600_000

    private let store: any AccessStore
    private let registry: String
    private let now: @Sendable () -> Timestamp

    /// - Parameter registry: the name of this program in the access log.
    package init(
        store: any AccessStore, registry: String, now: @escaping @Sendable () -> Timestamp = { Timestamp.now }
    ) {
        self.store = store
        self.registry = registry
        self.now = now
    }

    /// Makes one, whatever tokens there are: for a store whose administrators are lost.
    ///
    /// - Returns: the token, and how many others administer everything now.
    package func add(_ text: TokenText) async throws(StoreError) -> (token: AccessToken, others: [AccessToken]) {
        let token = token(text)
        let others = try await administrators().filter { $0.id != token.id }
        try await log(token)
        guard case .added = try await store.addToken(token, limit: .max) else {
            throw .invalid("the name '\(Self.name)' belongs to other grants")
        }
        return (token, others)
    }

    /// Makes one unless a token that administers everything is living; of several programs at the same time one does.
    ///
    /// - Returns: nil when there is one.
    package func addIfNoneLives(_ text: TokenText) async throws(StoreError) -> AccessToken? {
        guard try await administrators().isEmpty else { return nil }
        let token = token(text)
        try await log(token)
        if try await store.addFirstToken(token) { return token }
        try await log(token, .tokenBootstrapFailed)
        return nil
    }

    /// The living tokens that administer everything.
    package func administrators() async throws(StoreError) -> [AccessToken] {
        let now = now()
        return try await store.tokens().filter { $0.grants.contains(.administrator) && $0.isLiving(at: now) }
    }

    /// Says whether callers need a credential, and logs it.
    package func set(_ rule: AuthenticationRule) async throws(StoreError) {
        try await log(AccessAct(kind: .authenticationSet, action: .manageTokens, subject: rule.rawValue, status: 0))
        try await store.setAuthentication(rule)
    }

    private func token(_ text: TokenText) -> AccessToken {
        let request = TokenRequest(
            name: Self.name, grants: [.administrator], expiry: .after(milliseconds: Self.life),
            comment: "made at the store")
        return request.token(text, at: now(), by: AccessActor.store.principal.name)
    }

    private func log(
        _ token: AccessToken, _ kind: AccessAct.Kind = .tokenBootstrapped
    ) async throws(StoreError) {
        try await log(
            AccessAct(kind: kind, action: .manageTokens, subject: token.subject, status: 0))
    }

    private func log(_ act: AccessAct) async throws(StoreError) {
        try await store.appendAccessLog([AccessLogEntry(act, by: .store, at: now(), registry: registry)])
    }
}
