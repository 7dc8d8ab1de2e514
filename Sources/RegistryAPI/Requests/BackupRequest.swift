/// `GET /api/backup`: everything that the store holds, as lines.
package struct BackupRequest: Sendable, Equatable {
    /// The media type of the response.
    package static let mediaType = "application/x-ndjson"

    /// Tokens and denials too.
    package var hasAccess: Bool

    /// Without identities unless they are wanted.
    package init(hasAccess: Bool = false) { self.hasAccess = hasAccess }

    /// Reads a query; nil when there is none.
    package init(query: String?) throws(Problem) {
        hasAccess = try QueryParameters(query, known: [QueryName.access]).flag(QueryName.access)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(path: APIPath.backup, query: [(QueryName.access, hasAccess ? "true" : nil)])
    }
}
