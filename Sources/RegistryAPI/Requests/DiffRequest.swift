package import ConfigModel

/// `GET` of what changed between two versions.
package struct DiffRequest: Sendable, Equatable {
    /// Which document.
    package let key: DocumentKey
    /// The version to compare from; nil for the one before `newVersion`.
    package let oldVersion: Int64?
    /// The version to compare to; nil for the newest.
    package let newVersion: Int64?

    /// Puts a request together.
    package init(_ key: DocumentKey, from oldVersion: Int64? = nil, to newVersion: Int64? = nil) {
        self.key = key
        self.oldVersion = oldVersion
        self.newVersion = newVersion
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - service: as the path has it, percent-encoded.
    ///   - query: what follows the question mark; nil when there is none.
    package init(service: Substring, query: String?) throws(Problem) {
        let query = try QueryParameters(
            query, known: [QueryName.environment, QueryName.oldVersion, QueryName.newVersion])
        key = try DocumentKey(encodedService: service, query)
        oldVersion = try query.integer(QueryName.oldVersion, in: 1...(.max))
        newVersion = try query.integer(QueryName.newVersion, in: 1...(.max))
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(
            path: APIPath.diff(of: key),
            query: [
                (QueryName.environment, key.environment), (QueryName.oldVersion, oldVersion.map { String($0) }),
                (QueryName.newVersion, newVersion.map { String($0) }),
            ],
            maximumResponse: APILimits.listResponse)
    }
}
