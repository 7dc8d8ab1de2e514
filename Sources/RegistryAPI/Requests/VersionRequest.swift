package import ConfigModel

/// `GET` of one version, whole.
package struct VersionRequest: Sendable, Equatable {
    /// Which document.
    package let key: DocumentKey
    /// Which version of it.
    package let version: Int64

    /// Puts a request together.
    package init(_ key: DocumentKey, version: Int64) {
        self.key = key
        self.version = version
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - service: as the path has it, percent-encoded.
    ///   - version: as the path has it.
    ///   - query: what follows the question mark; nil when there is none.
    package init(service: Substring, version: Substring, query: String?) throws(Problem) {
        try self.init(
            try DocumentKey(
                encodedService: service, try QueryParameters(query, known: [QueryName.environment])), version)
    }

    /// Reads a request for one version of a service's schema.
    package init(schemaOf service: Substring, version: Substring, query: String?) throws(Problem) {
        _ = try QueryParameters(query, known: [])
        try self.init(try DocumentKey(schemaOf: service), version)
    }

    private init(_ key: DocumentKey, _ version: Substring) throws(Problem) {
        self.key = key
        guard let version = Int64(version), version >= 1 else {
            throw Problem(.invalidParameter, "The version in the path must be an integer from 1.")
        }
        self.version = version
    }

    /// The request as HTTP has it.
    package var request: RegistryRequest {
        RegistryRequest(
            path: APIPath.version(version, of: key), query: [(QueryName.environment, key.environmentParameter)])
    }
}
