package import ConfigModel

/// `GET` of a service's schema: the bare JSON Schema.
package struct SchemaReadRequest: Sendable, Equatable {
    /// The document that holds the schema.
    package let key: DocumentKey
    /// Which version of it; nil for the newest.
    package let version: Int64?
    /// The version that the caller has.
    package let condition: ReadCondition
    /// As the registry's store has it after the request came in; what it remembers may be a second old.
    package let isFresh: Bool

    /// Puts a request together.
    ///
    /// - Throws: `InvalidName`.
    package init(
        of service: String, version: Int64? = nil, condition: ReadCondition = ReadCondition(), isFresh: Bool = false
    ) throws(InvalidName) {
        key = try SchemaDocument.key(of: service)
        self.version = version
        self.condition = condition
        self.isFresh = isFresh
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - service: as the path has it, percent-encoded.
    ///   - query: what follows the question mark; nil when there is none.
    ///   - ifNoneMatch: the header.
    ///   - cacheControl: the header.
    package init(
        service: Substring, query: String?, ifNoneMatch: String? = nil, cacheControl: String? = nil
    ) throws(Problem) {
        key = try DocumentKey(schemaOf: service)
        let query = try QueryParameters(query, known: [QueryName.version])
        version = try query.integer(QueryName.version, in: 1...(.max))
        condition = try ReadCondition(ifNoneMatch: ifNoneMatch)
        isFresh = CachePreference.refusesMemory(cacheControl)
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(
            path: APIPath.document(key), query: [(QueryName.version, version.map { String($0) })],
            headers: [(.ifNoneMatch, condition.header), (.cacheControl, isFresh ? CachePreference.noCache : nil)])
    }
}
