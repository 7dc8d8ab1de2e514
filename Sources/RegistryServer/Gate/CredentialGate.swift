import ConfigAccess
import ConfigModel
import ConfigRegistry
import HTTPTypes
import RegistryAPI

/// Lets in who has a credential that counts (RFC 6750), as soon as credentials are required; before that, clients on this
/// machine.
struct CredentialGate: RequestGate {
    let identities: any KnownIdentities
    /// Credentials are required whatever the store says.
    let isAlwaysRequired: Bool
    private let loopback = LoopbackGate()

    init(_ identities: any KnownIdentities, isAlwaysRequired: Bool) {
        self.identities = identities
        self.isAlwaysRequired = isAlwaysRequired
    }

    private var isRequired: Bool { isAlwaysRequired || identities.isRequired }

    func admit(_ head: HTTPRequest, on connection: ClientConnection) -> Admission.Decision {
        guard isRequired else { return loopback.admit(head, on: connection) }
        do throws(Problem) {
            guard let credential = try head.credential else {
                return head.isOpen ? .admitted(.anonymous) : .refused(.missingCredential)
            }
            return decide(credential, isOpen: head.isOpen, connection)
        } catch {
            return .refused(error)
        }
    }

    private func decide(_ credential: String, isOpen: Bool, _ connection: ClientConnection) -> Admission.Decision {
        // A probe is answered whatever it brings, and while nothing is known.
        guard identities.isKnown else { return isOpen ? .admitted(.anonymous) : .refused(.accessUnknown) }
        let (now, generation) = (Timestamp.now, identities.generation)
        if let principal = connection.principal(of: credential, generation: generation, at: now) {
            return .admitted(principal)
        }
        guard let token = Self.token(credential) else {
            return isOpen ? .admitted(.anonymous) : .refused(.wrongCredential)
        }
        switch identities.check(token, at: now) {
        case .valid(let principal):
            connection.remember(credential, of: principal, generation: generation, at: now)
            identities.noteUse(token.id, at: now)
            return .admitted(principal)
        case .unknown: return .undecided
        case let other: return isOpen ? .admitted(.anonymous) : .refused(.unauthenticated(other))
        }
    }

    func lookUp(_ head: HTTPRequest, on connection: ClientConnection) async throws(Problem) -> Principal {
        guard let credential = try head.credential, let token = Self.token(credential) else {
            throw .missingCredential
        }
        let (now, generation) = (Timestamp.now, identities.generation)
        switch await identities.lookUp(token, at: now) {
        case .valid(let principal):
            connection.remember(credential, of: principal, generation: generation, at: now)
            identities.noteUse(token.id, at: now)
            return principal
        case let other:
            guard identities.isKnown else { throw .accessUnknown }
            guard !head.isOpen else { return .anonymous }
            throw .unauthenticated(other)
        }
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
        return identities.standing(of: principal, at: .now)
    }

    var generation: UInt64 { identities.generation }

    func wait(after generation: UInt64) async { await identities.wait(after: generation) }

    /// The token in the value of an `Authorization` header; nil when it holds none. The name of the scheme has no case (RFC
    /// 9110, section 11.1).
    private static func token(_ credential: String) -> TokenText? {
        let scheme = "bearer "
        guard credential.utf8.count < 128, credential.prefix(scheme.count).lowercased() == scheme else { return nil }
        return TokenText(parsing: String(credential.dropFirst(scheme.count)))
    }
}

extension Principal {
    /// Whether it may perform an action on what the action concerns; of a selection, on a part of it, to which the response is
    /// narrowed.
    fileprivate func permit(_ action: Action, on scope: ActionScope) throws(AccessRefusal) {
        switch scope {
        case .registry, .auditLog: try permit(action)
        case .documents(let keys): try permit(action, on: keys)
        case .selection(let filter):
            try permit(action)
            // What is named is refused as a whole, as if it were asked for alone.
            for service in filter.services {
                if let key = filter.environment.flatMap({ try? DocumentKey(service: service, environment: $0) }) {
                    try permit(action, on: [key])
                } else if !reads(service: service) {
                    throw .needs(.reader, nil, service: service)
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
    fileprivate var isOpen: Bool {
        guard method == .get || method == .head else { return false }
        return Self.openPaths.contains(path?.prefix { $0 != "?" } ?? "")
    }

    private static let openPaths: Set<Substring> = [
        APIPath.health[...], APIPath.liveness[...], APIPath.readiness[...], "/openapi.yaml",
    ]
}
