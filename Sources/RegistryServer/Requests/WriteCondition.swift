import ConfigRegistry
import HTTPTypes

/// The state that a write wants the document to be in: `If-Match`, or `expected_version` in query or body.
enum WriteCondition {
    /// - Parameter takesAny: true where a living document is needed anyway, so that `If-Match: *` adds nothing.
    static func read(
        _ headers: HTTPFields, queryVersion: Int64?, bodyVersion: Int64? = nil, takesAny: Bool = false
    ) throws(Problem) -> Expectation? {
        guard headers[.ifNoneMatch] == nil else {
            throw Problem(
                .invalidHeader, "If-None-Match is for reading; POST creates a document only if there is none.")
        }
        let match = headers[.ifMatch]
        guard [match != nil, queryVersion != nil, bodyVersion != nil].count(where: { $0 }) <= 1 else {
            throw Problem(
                .invalidParameter,
                "Say once which version you expect: If-Match, or expected_version in the query or in the body.")
        }
        if let version = queryVersion ?? bodyVersion { return .version(version) }
        guard let match, !(takesAny && match == "*") else { return nil }
        guard let tag = EntityTag(parsing: match) else {
            throw Problem(
                .invalidHeader,
                "If-Match must be the one ETag that you got with the version you saw, for example \"1.7\" with its quotes."
            )
        }
        return .etag(epochNumber: tag.epochNumber, version: tag.version)
    }
}
