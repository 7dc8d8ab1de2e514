package import ConfigModel

/// `GET` of the versions of a document, newest first.
package struct HistoryRequest: Sendable, Equatable {
    /// Which document.
    package let key: DocumentKey
    /// Only versions below this one.
    package let before: Int64?
    /// At most this many.
    package let limit: Int

    /// Puts a request together.
    package init(_ key: DocumentKey, before: Int64? = nil, limit: Int = APILimits.defaultHistory) {
        self.key = key
        self.before = before
        self.limit = limit
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - service: as the path has it, percent-encoded.
    ///   - query: what follows the question mark; nil when there is none.
    package init(service: Substring, query: String?) throws(Problem) {
        let query = try QueryParameters(
            query, known: [QueryName.environment, QueryName.limit, QueryName.beforeVersion])
        try self.init(try DocumentKey(encodedService: service, query), query)
    }

    /// Reads a request for the versions of a service's schema.
    package init(schemaOf service: Substring, query: String?) throws(Problem) {
        try self.init(
            try DocumentKey(schemaOf: service),
            try QueryParameters(query, known: [QueryName.limit, QueryName.beforeVersion]))
    }

    private init(_ key: DocumentKey, _ query: QueryParameters) throws(Problem) {
        self.key = key
        limit =
            try query.integer(QueryName.limit, in: 1...Int64(APILimits.history)).map { Int($0) }
            ?? APILimits.defaultHistory
        before = try query.integer(QueryName.beforeVersion, in: 1...(.max))
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(
            path: APIPath.history(of: key),
            query: [
                (QueryName.environment, key.environmentParameter), (QueryName.limit, String(limit)),
                (QueryName.beforeVersion, before.map { String($0) }),
            ],
            maximumResponse: APILimits.listResponse)
    }
}
