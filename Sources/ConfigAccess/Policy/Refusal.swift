package import ConfigModel

/// Why an identity may not do something. It follows from what is asked alone, before anything is read.
package enum AccessRefusal: Error, Sendable, Equatable {
    /// It has no grant with this role for the document, or for the service in any environment.
    case needs(Role, DocumentKey?, service: String)
    /// It has no grant with this role for every document.
    case needsEverywhere(Role)
    /// It has no grant with this role for any document.
    case needsSomewhere(Role)
    /// It reads no documents.
    case readsNothing
    /// It administers nothing.
    case needsAdministrator
    /// It is none: the request came without a credential.
    case needsIdentity
    /// The registry knows no identities, so that there is nothing to manage.
    case withoutAuthentication
}

extension Principal {
    /// Whether it may perform an action that concerns the registry as a whole.
    package func permit(_ action: Action) throws(AccessRefusal) {
        guard !isUnrestricted else {
            if action.concernsAccess { throw .withoutAuthentication }
            return
        }
        switch action.requirement {
        case .nothing: return
        case _ where kind == .none: throw .needsIdentity
        case .identity: return
        case .everywhere(let roles):
            guard hasEverywhere(roles) else { throw .needsEverywhere(roles[0]) }
        case .administrator:
            guard grants.contains(where: { $0.role == .admin }) else { throw .needsAdministrator }
        case .onDocuments, .onService, .onWholeService:
            // A call that concerns documents says which.
            guard readsAnything else { throw .readsNothing }
        }
    }

    /// Whether it may perform an action on each of the documents.
    package func permit(_ action: Action, on keys: some Sequence<DocumentKey>) throws(AccessRefusal) {
        guard !isUnrestricted, case .onDocuments(let roles) = action.requirement else { return try permit(action) }
        for key in keys {
            guard has(roles, for: key) else { throw .needs(roles[0], key, service: key.service) }
        }
    }

    /// Whether it may perform an action on some documents at all, to which the response to a call is narrowed.
    package func permitSomewhere(_ action: Action) throws(AccessRefusal) {
        try permit(action)
        guard !isUnrestricted, case .onDocuments(let roles) = action.requirement else { return }
        guard grants.contains(where: { roles.contains($0.role) }) else { throw .needsSomewhere(roles[0]) }
    }

    /// Whether it may perform an action on the service's document of at least one environment.
    package func permitSomewhere(_ action: Action, of service: String) throws(AccessRefusal) {
        guard !isUnrestricted, case .onDocuments(let roles) = action.requirement else { return }
        guard has(roles, forService: service) else { throw .needs(roles[0], nil, service: service) }
    }

    /// Says which documents it may perform an action on, of the schema of a service too, to which the response to a call is
    /// narrowed; nil for all of them.
    package func documents(of action: Action) -> (@Sendable (DocumentKey) -> Bool)? {
        guard case .onDocuments(let roles) = action.requirement, !hasEverywhere(roles) else { return nil }
        return { key in key.isSchema ? has(roles, forService: key.service) : has(roles, for: key) }
    }

    /// Whether it may perform an action on what a service has as a whole, such as its schema.
    package func permit(_ action: Action, onService service: String) throws(AccessRefusal) {
        guard !isUnrestricted else { return }
        switch action.requirement {
        case .onService(let roles):
            guard has(roles, forService: service) else { throw .needs(roles[0], nil, service: service) }
        case .onWholeService(let roles):
            guard has(roles, forWholeService: service) else { throw .needs(roles[0], nil, service: service) }
        default: try permit(action)
        }
    }
}
