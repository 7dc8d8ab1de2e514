package import ConfigAccess
import ConfigModel
import ConfigStore
import Logging

/// Makes, shows and ends tokens and denials, by the rules.
///
/// Each change is in the access log before it is done; where it cannot be logged it is not done.
package struct AccessAdministration: Sendable {
    /// How many tokens may live. Larger fleets use tokens of an issuer, or certificates.
    package static let tokenLimit = 10_000
    /// How many denials may count.
    package static let denialLimit = 10_000
    /// How long the old token counts after a rotation, in milliseconds, unless the request says otherwise.
    package static let standardGrace: Int64 = 3_600_000
    /// How long it may.
    package static let longestGrace: Int64 = 7 * 86_400_000

    let store: any AccessStore
    let keeper: AccessKeeper
    /// The name of this registry in the access log.
    let registry: String
    let now: @Sendable () -> Timestamp
    let logger: Logger

    /// Does a change after it was logged.
    func perform<Value>(
        _ act: AccessAct, by actor: AccessActor, _ change: () async throws(AccessError) -> Value
    ) async throws(AccessError) -> Value {
        let entry = AccessLogEntry(act, by: actor, at: now(), registry: registry)
        try await storing { () throws(StoreError) in try await store.appendAccessLog([entry]) }
        logger.notice("an act of administration", metadata: entry.metadata)
        do throws(AccessError) {
            return try await change()
        } catch {
            var failed = entry
            failed.type += "-failed"
            // What the log says already is not wrong without it.
            try? await store.appendAccessLog([failed])
            throw error
        }
    }

    func storing<Value>(_ call: () async throws(StoreError) -> Value) async throws(AccessError) -> Value {
        do throws(StoreError) { return try await call() } catch { throw .store(error) }
    }

    func permit(_ action: Action, _ principal: Principal) throws(AccessError) {
        do throws(AccessRefusal) { try principal.permit(action) } catch { throw .refused(error) }
    }
}

// MARK: Tokens

extension AccessAdministration {
    /// Makes a token.
    package func createToken(_ request: TokenRequest, by actor: AccessActor) async throws(AccessError) -> NewToken {
        try permit(.manageTokens, actor.principal)
        try request.check(actor.principal)
        return try await create(request, .tokenCreated, by: actor)
    }

    /// The tokens whose grants are within the caller's own, in the order in which they were made.
    package func tokens(for principal: Principal) async throws(AccessError) -> [AccessToken] {
        try permit(.manageTokens, principal)
        let tokens = try await storing { () throws(StoreError) in try await store.tokens() }
        return tokens.filter { principal.administers($0.grants) }
    }

    /// One token.
    package func token(_ id: String, for principal: Principal) async throws(AccessError) -> AccessToken {
        try permit(.manageTokens, principal)
        guard let token = try await storing({ () throws(StoreError) in try await store.token(id) }) else {
            throw .unknownToken(id)
        }
        if let grant = principal.firstTooWide(token.grants) { throw .notWithin(grant) }
        return token
    }

    /// Ends a token at once.
    ///
    /// - Returns: false when it was revoked before.
    package func revokeToken(_ id: String, by actor: AccessActor) async throws(AccessError) -> Bool {
        let token = try await token(id, for: actor.principal)
        let (time, name) = (now(), actor.principal.name)
        let act = AccessAct(kind: .tokenRevoked, action: .manageTokens, subject: token.subject)
        return try await perform(act, by: actor) { () throws(AccessError) in
            let isRevoked = try await storing { () throws(StoreError) in
                try await store.revokeToken(id, at: time, by: name)
            }
            keeper.apply { table in
                if table.token(id) == nil { table.insert(token) }
                table.revoke(id, at: time, by: name)
            }
            return isRevoked
        }
    }

    /// Makes a token with the name, grants and rights of another, which ends after a while.
    ///
    /// - Parameters:
    ///   - grace: for how many milliseconds the old one still counts.
    ///   - expiry: nil for as long as the old one was made for.
    package func rotateToken(
        _ id: String, grace: Int64 = Self.standardGrace, expiry: TokenRequest.Expiry? = nil, by actor: AccessActor
    ) async throws(AccessError) -> NewToken {
        let old = try await token(id, for: actor.principal)
        guard (0...Self.longestGrace).contains(grace) else {
            throw .invalid(field: "grace", reason: "it is from 0 s to 7 d")
        }
        let now = now()
        guard old.isLiving(at: now) else { throw .endedToken(id) }
        let request = TokenRequest(
            name: old.name, grants: old.grants, rights: old.rights, expiry: expiry ?? old.expiry, comment: old.comment)
        try request.check(actor.principal)
        let new = try await create(request, .tokenRotated, by: actor)
        let end = Timestamp(milliseconds: now.milliseconds + grace)
        try await storing { () throws(StoreError) in try await store.limitToken(id, to: end) }
        keeper.apply { $0.limit(id, to: end) }
        return new
    }

    /// Whose token a text is, for a relay.
    ///
    /// - Throws: `notAToken` when it is none that counts.
    package func checkToken(_ text: String, by principal: Principal) async throws(AccessError) -> Principal {
        try permit(.checkToken, principal)
        guard let text = TokenText(parsing: text) else { throw .notAToken }
        guard keeper.isKnown else { throw .store(.unavailable("identities cannot be read")) }
        switch await keeper.lookUp(text, at: now()) {
        case .valid(let found): return found
        case .expired, .revoked, .wrong: throw .notAToken
        case .unknown: throw .store(.unavailable("the token cannot be looked up at the moment"))
        }
    }

    private func create(
        _ request: TokenRequest, _ kind: AccessAct.Kind, by actor: AccessActor
    ) async throws(AccessError) -> NewToken {
        let text = TokenText.random()
        let token = request.token(text, at: now(), by: actor.principal.name)
        let act = AccessAct(kind: kind, action: .manageTokens, subject: token.subject, status: 201)
        return try await perform(act, by: actor) { () throws(AccessError) in
            let addition = try await storing { () throws(StoreError) in
                try await store.addToken(token, limit: Self.tokenLimit)
            }
            switch addition {
            case .added: break
            case .nameTaken(let grants, let rights):
                throw .nameTaken(name: token.name, grants: grants, rights: rights)
            case .tooMany:
                throw .tooMany(
                    "\(Self.tokenLimit) tokens are living already: revoke some, or use tokens of an issuer or certificates."
                )
            }
            keeper.apply(.required) { table in
                if table.token(token.id) == nil { table.insert(token) }
            }
            return NewToken(token: token, text: text)
        }
    }
}

extension AccessToken {
    /// How the access log names it.
    var subject: String { "\(name)/\(id)" }

    /// As long as it was made for.
    fileprivate var expiry: TokenRequest.Expiry {
        expiresAt.map { .after(milliseconds: max(1_000, $0.milliseconds - createdAt.milliseconds)) } ?? .never
    }
}
