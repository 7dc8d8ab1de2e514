import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import RegistryAPI

extension Request {
    /// The document that a request is about: the service in the path, the environment in the query.
    func documentKey(_ context: ServerContext, _ query: QueryParameters) throws(Problem) -> DocumentKey {
        try DocumentKey(encodedService: context.service, query)
    }

    /// The query, whose parameters are all known.
    func query(_ known: [String], repeatable: [String] = []) throws(Problem) -> QueryParameters {
        try QueryParameters(uri.query, known: known, repeatable: repeatable)
    }

    /// The state that a write wants the document to be in.
    func expectation(
        query: QueryParameters, bodyVersion: Int64? = nil, takesAny: Bool = false
    ) throws(Problem) -> Expectation? {
        let expected = try ExpectedVersion.read(
            ifMatch: headers[.ifMatch], ifNoneMatch: headers[.ifNoneMatch],
            queryVersion: query.integer(QueryName.expectedVersion, in: 0...(.max)), bodyVersion: bodyVersion,
            takesAny: takesAny)
        return expected.flatMap(Expectation.init)
    }
}

extension Expectation {
    /// What a request says about the state of a document; nil for an ETag that is none, which the request's reader refuses.
    init?(_ expected: ExpectedVersion) {
        switch expected {
        case .version(let version): self = .version(version)
        case .etag(let text):
            guard let tag = EntityTag(parsing: text) else { return nil }
            self = .etag(epochNumber: tag.epochNumber, version: tag.version)
        }
    }
}

extension ServerContext {
    /// The service in the path of a document, percent-encoded.
    var service: Substring { parameters["service"] ?? "" }
}

extension WatchFilter {
    /// The documents that a watch is about.
    init(_ selection: WatchSelection) {
        self.init(
            services: Set(selection.services), prefix: selection.prefix, environment: selection.environment)
    }
}
