import ConfigAccess
import ConfigModel
import RegistryAPI

extension Problem {
    /// Refuses a request without a credential (RFC 6750, section 3).
    static var missingCredential: Problem {
        unauthenticated(
            "The registry needs a credential: send 'Authorization: Bearer TOKEN'; with configbus, name its file with "
                + "--token-file.", error: nil)
    }

    /// Refuses a credential that proves nothing.
    static var wrongCredential: Problem {
        unauthenticated("The credential does not count: it is not one that this registry knows.")
    }

    /// The credential may count, but the store that knows could not be read.
    private static var uncertainCredential: Problem {
        Problem(.accessUnknown, "The registry could not ask its store about this credential; try again soon.")
    }

    /// Refuses a token; only the holder of the right secret learns that it has ended.
    static func unauthenticated(_ check: AccessTable.Check) -> Problem {
        switch check {
        case .expired: unauthenticated("The token has expired: get a new one.")
        case .revoked: unauthenticated("The token was revoked: get a new one.")
        case .valid, .wrong: .wrongCredential
        case .unknown: .uncertainCredential
        }
    }

    /// Refuses a JWT; only the holder of one that its issuer signed learns what is wrong with it.
    static func unauthenticated(_ refusal: JWTRefusal) -> Problem {
        refusal.isSigned
            ? unauthenticated("The token does not count: \(refusal). Get a new one.") : .wrongCredential
    }

    /// Refuses what belongs to an identity that does not count any more.
    static func unauthenticated(_ standing: AccessTable.Standing) -> Problem {
        switch standing {
        case .expired: unauthenticated("The credential has expired: get a new one.")
        case .revoked: unauthenticated("The credential was revoked: get a new one.")
        case .valid, .changed: unauthenticated("What the credential permits was changed: send the request again.")
        }
    }

    private static func unauthenticated(_ detail: String, error: String? = "invalid_token") -> Problem {
        let challenge = "Bearer realm=\"configbus\"" + (error.map { ", error=\"\($0)\"" } ?? "")
        return Problem(.unauthenticated, detail).with(.wwwAuthenticate, challenge)
    }

    /// Refuses what an identity may not do: the same whether a document exists or not.
    init(_ refusal: AccessRefusal, _ principal: Principal) {
        let name = principal.name
        func notAllowed(_ needs: String, _ detail: String) -> Problem {
            Problem(.notAllowed, detail).with("needs", needs).with("identity", name)
        }
        switch refusal {
        case .needsIdentity: self = .missingCredential
        case .needs(let role, let key, let service):
            let place = key?.description ?? "\(service)/*"
            // What a service has as a whole is read with any of its environments.
            let grant =
                key == nil && role != .admin
                ? "a grant of the role \(role.rawValue) for one environment of \(service), for example '\(role.rawValue):\(service)/prod', or a wider one"
                : "a grant '\(role.rawValue):\(place)' or a wider one"
            self = notAllowed(role.rawValue, "'\(name)' may not do this: it needs \(grant).").with("key", place)
        case .needsEverywhere(let role):
            self = notAllowed(role.rawValue, "'\(name)' may not do this: it needs the grant '\(role.rawValue):#/*'.")
        case .needsSomewhere(let role):
            self = notAllowed(
                role.rawValue,
                "'\(name)' may not do this: it needs a grant of the role \(role.rawValue) such as '\(role.rawValue):#/prod'."
            )
        case .readsNothing:
            self = notAllowed("reader", "'\(name)' may read no documents: it needs a grant such as 'reader:#/prod'.")
        case .needsAdministrator:
            self = notAllowed("admin", "'\(name)' may not do this: it needs a grant of the role admin.")
        case .withoutAuthentication:
            self = Problem(
                .notAllowed,
                "This registry has no authentication, so that it keeps no identities. Make the first token at the store: "
                    + "configbus token bootstrap."
            ).with("needs", "admin").with("identity", name)
        }
    }
}
