import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import RegistryAPI

/// Lets in who has a credential that counts (RFC 6750), as soon as credentials are required; before that, clients on this
/// machine.
///
/// A credential in the request goes before the certificate of its connection, and what two of them permit is never added.
struct CredentialGate: RequestGate {
    /// What a header holds that may be a credential.
    private enum Bearer {
        case token(TokenText)
        case jwt(String)
    }

    let identities: any KnownIdentities
    /// Those that the registry does not issue; nil when it takes none.
    let foreign: ForeignIdentities?
    /// Credentials are required whatever the store says.
    let isAlwaysRequired: Bool
    /// Decides while no credentials are required.
    private let loopback: LoopbackGate
    /// Counts what is decided about credentials; nil where it is not counted.
    private let authentications: AuthenticationCounts?

    init(
        _ identities: any KnownIdentities, foreign: ForeignIdentities? = nil, isAlwaysRequired: Bool,
        scheme: String = "http", authentications: AuthenticationCounts? = nil
    ) {
        self.identities = identities
        self.foreign = foreign
        self.isAlwaysRequired = isAlwaysRequired
        self.authentications = authentications
        loopback = LoopbackGate(scheme: scheme)
    }

    private var isRequired: Bool { isAlwaysRequired || identities.isRequired }

    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
        guard isRequired else { return loopback.admit(head, on: connection) }
        do throws(Problem) {
            let credential = try head.credential
            guard credential != nil || connection.certificate != nil && foreign != nil else {
                if head.isOpen { return .admitted(.anonymous) }
                authentications?.count(.none, .refused)
                return .refused(.missingCredential)
            }
            // A probe is answered whatever it brings, and while nothing is known.
            guard identities.isKnown else {
                if head.isOpen { return .admitted(.anonymous) }
                authentications?.count(kind(of: credential), .unavailable)
                return .refused(.accessUnknown)
            }
            guard let principal = try admit(credential, on: connection) else { return .undecided }
            return .admitted(principal)
        } catch {
            return head.isOpen && error.type == .unauthenticated ? .admitted(.anonymous) : .refused(error)
        }
    }

    /// - Parameter credential: nil for the connection's certificate.
    /// - Returns: nil when memory does not tell.
    private func admit(_ credential: String?, on connection: ClientConnection) throws(Problem) -> Principal? {
        let (now, generation) = (Timestamp.now, self.generation)
        if let principal = connection.principal(of: credential, generation: generation, at: now) { return principal }
        do throws(Problem) {
            guard let principal = try known(credential, on: connection, at: now) else { return nil }
            authentications?.count(kind(of: credential), .accepted)
            connection.remember(credential, of: principal, generation: generation, at: now)
            return principal
        } catch {
            authentications?.count(kind(of: credential), .refused)
            throw error
        }
    }

    private func known(
        _ credential: String?, on connection: ClientConnection, at now: Timestamp
    ) throws(Problem) -> Principal? {
        guard let credential else {
            guard let found = connection.certificate.flatMap({ foreign?.principal(of: $0) }) else {
                throw .missingCredential
            }
            return try standing(found)
        }
        switch bearer(credential) {
        case .token(let token)?:
            switch identities.check(token, at: now) {
            case .valid(let principal):
                identities.noteUse(token.id, at: now)
                return principal
            case .unknown: return nil
            case let other: throw .unauthenticated(other)
            }
        case .jwt(let text)?:
            guard let found = foreign?.remembered(text, at: now) else { return nil }
            return try standing(found)
        case nil: throw .wrongCredential
        }
    }

    func lookUp(_ head: HTTPRequest, on connection: ClientConnection) async throws(Problem) -> Principal {
        let credential = try head.credential
        let (now, generation) = (Timestamp.now, self.generation)
        do throws(Problem) {
            let principal: Principal
            switch credential.flatMap(bearer) {
            case .token(let token)?:
                principal = try await lookUp(token, at: now)
                identities.noteUse(token.id, at: now)
            case .jwt(let text)?: principal = try verify(text, at: now)
            case nil: throw .missingCredential
            }
            authentications?.count(kind(of: credential), .accepted)
            connection.remember(credential, of: principal, generation: generation, at: now)
            return principal
        } catch {
            authentications?.count(
                kind(of: credential), error.type == .accessUnknown ? .unavailable : .refused)
            guard head.isOpen, [.unauthenticated, .accessUnknown].contains(error.type) else { throw error }
            return .anonymous
        }
    }

    private func lookUp(_ token: TokenText, at now: Timestamp) async throws(Problem) -> Principal {
        switch await identities.lookUp(token, at: now) {
        case .valid(let principal): return principal
        case let other:
            guard identities.isKnown else { throw .accessUnknown }
            throw .unauthenticated(other)
        }
    }

    private func verify(_ text: String, at now: Timestamp) throws(Problem) -> Principal {
        guard let foreign else { throw .wrongCredential }
        let principal: Principal
        do throws(JWTRefusal) {
            principal = try foreign.verify(text, at: now)
        } catch {
            throw .unauthenticated(error)
        }
        return try standing(principal)
    }

    /// Takes what was proven, unless it was denied or has ended.
    private func standing(_ principal: Principal) throws(Problem) -> Principal {
        let standing = standing(of: principal)
        guard standing == .valid else { throw .unauthenticated(standing) }
        return principal
    }

    func permit(_ action: Action, on scope: ActionScope, to principal: Principal) throws(Problem) {
        do throws(AccessRefusal) {
            try principal.permit(action, on: scope)
        } catch {
            throw Problem(error, principal)
        }
    }

    func standing(of principal: Principal) -> AccessTable.Standing {
        guard principal.kind != .loopback else { return isRequired ? .changed : .valid }
        guard foreign?.isCurrent(principal) ?? true else { return .changed }
        return identities.standing(of: principal, at: .now)
    }

    /// Both rise and never fall, so that their sum is another one after each change.
    var generation: UInt64 { identities.generation &+ (foreign?.generation ?? 0) }

    func wait(after generation: UInt64) async {
        guard let foreign else { return await identities.wait(after: generation) }
        let (known, files) = (identities.generation, foreign.generation)
        guard known &+ files == generation else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await identities.wait(after: known) }
            group.addTask { await foreign.wait(after: files) }
            await group.next()
            group.cancelAll()
        }
    }

    private func kind(of credential: String?) -> AuthenticationCounts.Kind {
        guard let credential else { return .certificate }
        return switch bearer(credential) {
        case .token?: .token
        case .jwt?: .jwt
        case nil: .unreadable
        }
    }

    /// What the value of an `Authorization` header holds; nil when that is no credential. The name of the scheme has no case (RFC
    /// 9110, section 11.1).
    private func bearer(_ credential: String) -> Bearer? {
        let scheme = "bearer "
        guard credential.prefix(scheme.count).lowercased() == scheme else { return nil }
        let text = credential.dropFirst(scheme.count)
        if text.utf8.count < 128, let token = TokenText(parsing: String(text)) { return .token(token) }
        return foreign?.mayVerify(text) == true ? .jwt(String(text)) : nil
    }
}

extension Principal {
    /// Whether it may perform an action on what the action concerns; of a selection, on a part of it, to which the response is
    /// narrowed.
    fileprivate func permit(_ action: Action, on scope: ActionScope) throws(AccessRefusal) {
        switch scope {
        case .registry, .auditLog: try permit(action)
        case .documents(let keys): try permit(action, on: keys)
        case .service(let service): try permit(action, onService: service)
        case .selection(let filter):
            try permitSomewhere(action)
            // What is named is refused as a whole, as if it were asked for alone.
            for service in filter.services {
                if let key = filter.environment.flatMap({ try? DocumentKey(service: service, environment: $0) }) {
                    try permit(action, on: [key])
                } else {
                    try permitSomewhere(action, of: service)
                }
            }
        }
    }
}

extension HTTPRequest {
    /// The value of the `Authorization` header; nil when there is none.
    fileprivate var credential: String? {
        get throws(Problem) {
            var credential: String?
            for field in headerFields {
                if field.name == .authorization {
                    guard credential == nil else {
                        throw Problem(.invalidHeader, "Send one Authorization header, not several.")
                    }
                    credential = field.value
                } else if field.name == .hostAgain {
                    throw Problem(.invalidHeader, "Send one Host header, not several.")
                }
            }
            return credential
        }
    }

    /// True for what is answered without a credential.
    var isOpen: Bool {
        guard method == .get || method == .head else { return false }
        return Self.openPaths.contains(path?.prefix { $0 != "?" } ?? "")
    }

    private static let openPaths: Set<Substring> = [
        APIPath.health[...], APIPath.liveness[...], APIPath.readiness[...], "/openapi.yaml",
    ]
}
