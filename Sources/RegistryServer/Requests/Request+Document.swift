import ConfigModel
import Hummingbird

extension Request {
    /// The document that a request is about: the service in the path, the environment in the query.
    func documentKey(_ context: ServerContext, _ query: QueryParameters) throws(Problem) -> DocumentKey {
        try DocumentKey(encodedService: context.parameters["service"] ?? "", query)
    }

    /// The query, whose parameters are all known.
    func query(_ known: [String], repeatable: [String] = []) throws(Problem) -> QueryParameters {
        try QueryParameters(uri.query, known: known, repeatable: repeatable)
    }
}

extension DocumentKey {
    /// - Parameter encodedService: percent-encoded, as a path has it.
    init(encodedService: Substring, _ query: QueryParameters) throws(Problem) {
        guard let name = PercentEncoding.decoded(encodedService.utf8) else {
            throw Problem(.invalidName, "The service name in the path is not percent-encoded UTF-8.")
        }
        do {
            try self.init(service: name, environment: query["environment"] ?? DocumentKey.defaultEnvironment)
        } catch {
            throw Problem(error)
        }
    }
}
