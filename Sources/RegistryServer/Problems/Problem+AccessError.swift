import ConfigAccess
import ConfigModel
import ConfigRegistry
import ConfigStore
import RegistryAPI

extension Problem {
    /// Why something about identities was not done.
    ///
    /// - Parameter principal: the caller, which is refused nothing that it may not see.
    init(_ error: AccessError, _ principal: Principal) {
        switch error {
        case .refused(let refusal): self.init(refusal, principal)
        case .notWithin(let grant):
            self = Self.notAllowed(error, principal).with("grant", grant.description)
        case .onlyAdministrators: self = Self.notAllowed(error, principal)
        case .nameTaken(let name, let grants, _):
            // Of an identity that the caller does not administer it learns that there is one.
            self.init(
                .nameTaken,
                principal.administers(grants)
                    ? error.detail
                    : "The name '\(name)' belongs to an identity with other grants or rights: use another name.")
        case .tooMany: self.init(.tooMany, error.detail)
        case .unknownToken, .unknownDenial, .notAToken: self.init(.unknown, error.detail)
        case .endedToken: self.init(.tokenEnded, error.detail)
        case .invalid(let field, _): self = Self.invalid(field, error.detail)
        case .store(let error): self.init(error)
        }
    }

    private static func notAllowed(_ error: AccessError, _ principal: Principal) -> Problem {
        Problem(.notAllowed, error.detail).with("needs", Role.admin.rawValue).with("identity", principal.name)
    }

    private static func invalid(_ field: String, _ detail: String) -> Problem {
        switch field {
        case "name": Problem(.invalidName, detail).with("pointer", "/name")
        case QueryName.cursor: Problem(.invalidParameter, detail).with("parameter", field)
        default: Problem(.invalidField, detail).with("pointer", JSONPointer(tokens: [field]).description)
        }
    }

    private init(_ error: StoreError) {
        switch error {
        case .overloaded: self.init(.overloaded, "\(error) Nothing was done.")
        case .full: self.init(.noRoom, "\(error) Nothing was done.")
        // Doing it again is harmless, but for a token whose text was never seen.
        case .unavailable, .tooLarge, .damaged, .invalid, .unsupported, .closed:
            self.init(.unavailable, "\(error) It may have been done; look before you do it again.")
        }
    }
}
