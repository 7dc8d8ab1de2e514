package import ConfigAccess
package import ConfigStore

/// Why something about identities was refused or could not be done. Nothing was changed.
package enum AccessError: Error, Sendable, Equatable {
    /// The caller may not do this at all.
    case refused(AccessRefusal)
    /// This grant is not within the caller's own.
    case notWithin(Grant)
    /// Only an administrator of everything may do this; the sentence says what.
    case onlyAdministrators(String)
    /// The name belongs to other grants or rights.
    case nameTaken(name: String, grants: [Grant], rights: Set<Right>)
    /// So many of them are there already; the sentence says what to do.
    case tooMany(String)
    /// There is no token with this identifier.
    case unknownToken(String)
    /// There is no denial with this identifier.
    case unknownDenial(String)
    /// The text is no token, or one that does not count.
    case notAToken
    /// The token has ended or was revoked, so that nothing can follow it.
    case endedToken(String)
    /// A field breaks its rule.
    case invalid(field: String, reason: String)
    /// The store did not do it.
    case store(StoreError)
}

extension AccessError {
    /// One sentence that says what to do.
    package var detail: String {
        switch self {
        case .refused: "The caller may not do this."
        case .notWithin(let grant):
            "The grant '\(grant)' is not within your own grants of the role admin: ask an administrator who has more."
        case .onlyAdministrators(let what): "\(what) needs the grant \(Grant.administrator)."
        case .nameTaken(let name, let grants, let rights):
            "The name '\(name)' belongs for ever to \(Self.words(grants, rights)): use another name, or the same grants and rights."
        case .tooMany(let sentence): sentence
        case .unknownToken(let id): "There is no token '\(id)'; 'configbus token list' shows them."
        case .unknownDenial(let id): "There is no denial '\(id)'."
        case .notAToken: "This is no token that counts."
        case .endedToken(let id):
            "The token '\(id)' has ended or was revoked: create a new one with the same name and grants."
        case .invalid(let field, let reason): "\(field): \(reason)."
        case .store(let error): "\(error)"
        }
    }

    private static func words(_ grants: [Grant], _ rights: Set<Right>) -> String {
        let list = grants.isEmpty ? "no grants" : "the grants \(grants.map(\.description).joined(separator: ", "))"
        guard !rights.isEmpty else { return list }
        return "\(list) with the rights \(rights.map(\.rawValue).sorted().joined(separator: ", "))"
    }
}

extension AccessError: CustomStringConvertible {
    package var description: String { detail }
}
