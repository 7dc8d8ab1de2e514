package import ConfigModel

extension DocumentKey {
    /// The document that a request is about: the service in the path, the environment in the query.
    ///
    /// - Parameters:
    ///   - encodedService: percent-encoded, as a path has it.
    ///   - query: the parameters.
    package init(encodedService: Substring, _ query: QueryParameters) throws(Problem) {
        guard let name = PercentEncoding.decoded(encodedService.utf8) else {
            throw Problem(.invalidName, "The service name in the path is not percent-encoded UTF-8.")
        }
        do {
            try self.init(
                service: name, environment: query[QueryName.environment] ?? DocumentKey.defaultEnvironment)
        } catch {
            throw Problem(error)
        }
    }

    /// The document that holds the schema of a service.
    ///
    /// - Parameter service: percent-encoded, as a path has it.
    package init(schemaOf service: Substring) throws(Problem) {
        guard let name = PercentEncoding.decoded(service.utf8) else {
            throw Problem(.invalidName, "The service name in the path is not percent-encoded UTF-8.")
        }
        do { self = try SchemaDocument.key(of: name) } catch { throw Problem(error) }
    }

    /// What a query says of the environment; nil where the path says it.
    var environmentParameter: String? { isReserved ? nil : environment }
}
