/// What requests are counted together for a limit.
package enum RequestClass: String, Sendable, CaseIterable {
    /// Reads of one document; a batch counts an eighth for each of its documents.
    case read
    /// What makes a version.
    case write
    /// Lists, histories, diffs, audit and administration.
    case costly
    /// What opens a stream.
    case stream
    /// Credentials that do not count, of one address.
    case failed

    /// How many documents of a batch cost as much as a read of one.
    package static let batchDocuments = 8
}

extension Action {
    /// What a request with this action is counted as; nil when it is not limited.
    package var requestClass: RequestClass? {
        switch self {
        case .probe, .readHealth: nil
        case .readDocument, .validateDocument, .readOwnAccess, .readKeys, .checkToken, .readSchema: .read
        case .writeDocument, .deleteDocument, .overrideSchema, .writeSchema: .write
        case .watch: .stream
        case .monitor, .listDocuments, .listSchemas, .checkSchema, .readHistory, .readAudit, .readAuditValues,
            .readAnchor, .writeAnchor, .manageTokens, .manageDenials, .readAccessLog, .backup:
            .costly
        }
    }
}
