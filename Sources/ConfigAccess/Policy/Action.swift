/// What a call does, as far as permission is concerned. Each route of the server names one.
package enum Action: String, Sendable, CaseIterable {
    /// Says that the process runs, or is ready, and describes the API: needs no identity.
    case probe
    /// Reads the registry's health; the details of it only with the role `monitor`.
    case readHealth
    /// Reads counters and metrics.
    case monitor
    /// Reads documents that are named, in any version of them as a whole.
    case readDocument
    /// Lists documents.
    case listDocuments
    /// Reads what a document was, and what changed.
    case readHistory
    /// Follows changes.
    case watch
    /// Makes a document's next version.
    case writeDocument
    /// Judges a change of a document without making it.
    case validateDocument
    /// Lets a version pass that does not fit its schema, or a schema that versions do not fit.
    case overrideSchema
    /// Makes a document's next version a deletion.
    case deleteDocument
    /// Reads the schema of a service, in any version of it.
    case readSchema
    /// Compares a schema with the documents of its service.
    case checkSchema
    /// Makes the next version of a service's schema.
    case writeSchema
    /// Lists the schemas of services.
    case listSchemas
    /// Reads what was changed, over all documents.
    case readAudit
    /// Reads that with the contents before and after each change.
    case readAuditValues
    /// Reads the checkpoint of an audit log.
    case readAnchor
    /// Replaces the checkpoint of an audit log.
    case writeAnchor
    /// Reads what the caller's own identity may do.
    case readOwnAccess
    /// Reads the public keys whose signatures versions carry.
    case readKeys
    /// Makes, lists and ends tokens, within the caller's own grants.
    case manageTokens
    /// Learns whose token a text is.
    case checkToken
    /// Refuses identities that the registry does not issue.
    case manageDenials
    /// Reads who was refused what, and acts of administration.
    case readAccessLog
    /// Reads the whole store for a backup.
    case backup
}

extension Action {
    /// What an identity needs to perform an action.
    package enum Requirement: Sendable, Equatable {
        /// Nothing: no credential either.
        case nothing
        /// An identity that the registry knows.
        case identity
        /// One of these roles for each document concerned; the first is the one that a refusal names.
        case onDocuments([Role])
        /// One of these roles for the service's document of at least one environment.
        case onService([Role])
        /// One of these roles for the service's documents of every environment; the first is the one that a refusal names.
        case onWholeService([Role])
        /// One of these roles for every document there is.
        case everywhere([Role])
        /// An administrator's grant for some documents; what is given is compared by the call itself.
        case administrator
    }

    /// What an identity needs to perform it.
    package var requirement: Requirement {
        switch self {
        case .probe, .readHealth: .nothing
        case .readOwnAccess, .readKeys: .identity
        case .monitor: .everywhere([.monitor, .admin])
        case .readDocument, .listDocuments, .readHistory, .watch, .validateDocument, .readAudit:
            .onDocuments(Role.allCases.filter(\.reads))
        case .readAuditValues: .onDocuments([.auditor, .admin])
        case .writeDocument: .onDocuments([.publisher, .admin])
        case .deleteDocument, .overrideSchema: .onDocuments([.admin])
        case .readSchema, .checkSchema, .listSchemas: .onService(Role.allCases.filter(\.reads))
        case .writeSchema: .onWholeService([.admin])
        case .readAnchor, .writeAnchor, .readAccessLog, .backup: .everywhere([.auditor, .admin])
        case .manageTokens: .administrator
        case .checkToken: .everywhere([.relay, .admin])
        case .manageDenials: .everywhere([.admin])
        }
    }

    /// True for what concerns identities themselves, which means nothing while the registry knows none.
    package var concernsAccess: Bool {
        switch self {
        case .readOwnAccess, .manageTokens, .checkToken, .manageDenials, .readAccessLog: true
        default: false
        }
    }
}
