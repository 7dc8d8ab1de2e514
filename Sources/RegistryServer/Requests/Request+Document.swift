import ConfigModel
import Hummingbird

extension Request {
    /// The document that a request is about: the service in the path, the environment in the query.
    func documentKey(_ context: ServerContext, _ query: QueryParameters) throws(Problem) -> DocumentKey {
        let service = context.parameters["service"] ?? ""
        guard let name = PercentEncoding.decoded(service[...].utf8) else {
            throw Problem(.invalidName, "The service name in the path is not percent-encoded UTF-8.")
        }
        do {
            return try DocumentKey(service: name, environment: query["environment"] ?? DocumentKey.defaultEnvironment)
        } catch {
            throw Problem(error)
        }
    }

    /// The query, whose parameters are all known.
    func query(_ known: [String], repeatable: [String] = []) throws(Problem) -> QueryParameters {
        try QueryParameters(uri.query, known: known, repeatable: repeatable)
    }
}
