// The request cannot be read, or the caller may not make it.
extension ProblemType {
    /// The body is not valid JSON.
    package static let invalidJSON = ProblemType("invalid-json", 400, "The body is not valid JSON")
    /// The body has an unknown field.
    package static let unknownField = ProblemType("unknown-field", 400, "The body has an unknown field")
    /// A query parameter is not valid.
    package static let invalidParameter = ProblemType("invalid-parameter", 400, "A query parameter is not valid")
    /// A header is not valid.
    package static let invalidHeader = ProblemType("invalid-header", 400, "A header is not valid")
    /// A name breaks its rule.
    package static let invalidName = ProblemType("invalid-name", 400, "A name breaks its rule")
    /// An override is not valid.
    package static let invalidOverride = ProblemType("invalid-override", 400, "An override is not valid")
    /// The request must not have a body.
    package static let unexpectedBody = ProblemType("unexpected-body", 400, "The request must not have a body")
    /// The body could not be read.
    package static let unreadableBody = ProblemType("unreadable-body", 400, "The body could not be read")
    /// The request is not HTTP.
    package static let malformedRequest = ProblemType("malformed-request", 400, "The request is not HTTP")
    /// The request was sent without TLS, to a port that speaks it.
    package static let tlsNeeded = ProblemType("tls-needed", 400, "The port speaks TLS")
    /// No credential came with the request, or one that does not count.
    package static let unauthenticated = ProblemType("unauthenticated", 401, "A valid credential is needed")
    /// The identity may not do this.
    package static let notAllowed = ProblemType("not-allowed", 403, "The identity may not do this")
    /// The Host is not allowed.
    package static let notAllowedHost = ProblemType("not-allowed-host", 403, "The Host is not allowed")
    /// The Origin is not allowed.
    package static let notAllowedOrigin = ProblemType("not-allowed-origin", 403, "The Origin is not allowed")
    /// Forwarded requests are not allowed.
    package static let forwarded = ProblemType("forwarded", 403, "Forwarded requests are not allowed")
    /// The checkpoint is not signed by a trusted key.
    package static let untrustedCheckpoint = ProblemType(
        "untrusted-checkpoint", 403, "The checkpoint is not signed by a trusted key")
    /// The audit log belongs to another identity.
    package static let foreignLog = ProblemType("foreign-log", 403, "The audit log belongs to another identity")
}

// There is no such thing, or it cannot be had in this way.
extension ProblemType {
    /// What the path names, a document, a token or something else, does not exist.
    package static let unknown = ProblemType("unknown", 404, "What is named does not exist")
    /// The document was deleted.
    package static let deleted = ProblemType("deleted", 404, "The document was deleted")
    /// The version does not exist.
    package static let unknownVersion = ProblemType("unknown-version", 404, "The version does not exist")
    /// The change set does not exist.
    package static let unknownChangeSet = ProblemType("unknown-change-set", 404, "The change set does not exist")
    /// There is nothing at this path.
    package static let unknownPath = ProblemType("unknown-path", 404, "There is nothing at this path")
    /// The method is not allowed here.
    package static let methodNotAllowed = ProblemType("method-not-allowed", 405, "The method is not allowed here")
    /// The request took too long.
    package static let timeout = ProblemType("timeout", 408, "The request took too long")
}

// What is there already, or what the request's header says, is in the way.
extension ProblemType {
    /// The document exists already.
    package static let exists = ProblemType("exists", 409, "The document exists already")
    /// The name belongs to an identity with other grants.
    package static let nameTaken = ProblemType("name-taken", 409, "The name belongs to another identity")
    /// The token has ended, so that none can follow it.
    package static let tokenEnded = ProblemType("token-ended", 409, "The token has ended")
    /// The version is not kept any more.
    package static let pruned = ProblemType("pruned", 410, "The version is not kept any more")
    /// No more of them are kept.
    package static let tooMany = ProblemType("too-many", 409, "There are too many")
    /// The document is at another version.
    package static let versionMismatch = ProblemType("version-mismatch", 412, "The document is at another version")
    /// The content is too large.
    package static let tooLarge = ProblemType("too-large", 413, "The content is too large")
    /// The media type is not supported.
    package static let unsupportedMediaType = ProblemType(
        "unsupported-media-type", 415, "The media type is not supported")
    /// The expectation cannot be met.
    package static let expectationFailed = ProblemType("expectation-failed", 417, "The expectation cannot be met")
    /// Too many requests within a second.
    package static let rateLimited = ProblemType("rate-limited", 429, "Too many requests", retryAfter: 1)
    /// The header is too large.
    package static let headersTooLarge = ProblemType("headers-too-large", 431, "The header is too large")
}

// The request can be read, and says what cannot be done.
extension ProblemType {
    /// The content is missing.
    package static let missingContent = ProblemType("missing-content", 422, "The content is missing")
    /// The content is not a JSON object.
    package static let notAnObject = ProblemType("not-an-object", 422, "The content is not a JSON object")
    /// The content is nested too deeply.
    package static let tooDeep = ProblemType("too-deep", 422, "The content is nested too deeply")
    /// A field is not valid.
    package static let invalidField = ProblemType("invalid-field", 422, "A field is not valid")
    /// The request is not valid.
    package static let invalid = ProblemType("invalid", 422, "The request is not valid")
    /// The patch cannot be applied.
    package static let invalidPatch = ProblemType("invalid-patch", 422, "The patch cannot be applied")
    /// The request takes too much work.
    package static let tooMuchWork = ProblemType("too-much-work", 422, "The request takes too much work")
    /// The version does not pass the checks.
    package static let checksFailed = ProblemType("checks-failed", 422, "The version does not pass the checks")
    /// The JSON Schema cannot be used.
    package static let invalidSchema = ProblemType("invalid-schema", 422, "The JSON Schema cannot be used")
    /// Documents do not fit the schema.
    package static let schemaBreaks = ProblemType("schema-breaks", 422, "Documents do not fit the schema")
    /// The Idempotency-Key was used before.
    package static let changeReused = ProblemType("change-reused", 422, "The Idempotency-Key was used before")
    /// The version is a deletion.
    package static let rollbackToTombstone = ProblemType("rollback-to-tombstone", 422, "The version is a deletion")
}

// The registry or its store fails, for the moment or for good.
extension ProblemType {
    /// The registry failed.
    package static let failed = ProblemType("failed", 500, "The registry failed")
    /// The registry's store cannot do this.
    package static let notSupported = ProblemType("not-supported", 501, "The registry's store cannot do this")
    /// The stored version is damaged.
    package static let damagedVersion = ProblemType("damaged-version", 500, "The stored version is damaged")
    /// The store has no room.
    package static let noRoom = ProblemType("no-room", 507, "The store has no room", retryAfter: 2)
    /// The version has not arrived yet.
    package static let behind = ProblemType("behind", 503, "The version has not arrived yet", retryAfter: 1)
    /// The epoch is not the store's.
    package static let foreignEpoch = ProblemType("foreign-epoch", 503, "The epoch is not the store's", retryAfter: 1)
    /// The store takes signed versions only.
    package static let signingRequired = ProblemType("signing-required", 503, "The store takes signed versions only")
    /// The registry cannot tell who may do what.
    package static let accessUnknown = ProblemType(
        "access-unknown", 503, "The registry cannot tell who may do what", retryAfter: 2)
    /// The registry is overloaded.
    package static let overloaded = ProblemType("overloaded", 503, "The registry is overloaded", retryAfter: 1)
    /// The registry is not available.
    package static let unavailable = ProblemType("unavailable", 503, "The registry is not available", retryAfter: 2)
    /// Other writers were faster.
    package static let conflictPersists = ProblemType(
        "conflict-persists", 503, "Other writers were faster", retryAfter: 1)
    /// The outcome is unknown.
    package static let outcomeUnknown = ProblemType("outcome-unknown", 503, "The outcome is unknown", retryAfter: 1)
    /// The registry is stopping.
    package static let stopping = ProblemType("stopping", 503, "The registry is stopping", retryAfter: 1)
}

extension ProblemType {
    /// All that this version of the registry uses, in the order of the API's description.
    package static let all: [ProblemType] = [
        .invalidJSON, .unknownField, .invalidParameter, .invalidHeader, .invalidName, .invalidOverride, .unexpectedBody,
        .unreadableBody,
        .malformedRequest, .tlsNeeded, .unauthenticated, .notAllowed, .notAllowedHost, .notAllowedOrigin, .forwarded,
        .untrustedCheckpoint, .foreignLog, .unknown, .deleted, .unknownVersion, .unknownChangeSet, .unknownPath,
        .methodNotAllowed,
        .timeout, .exists,
        .nameTaken, .tokenEnded, .tooMany, .pruned, .versionMismatch, .tooLarge, .unsupportedMediaType,
        .expectationFailed,
        .rateLimited,
        .headersTooLarge, .missingContent, .notAnObject, .tooDeep, .invalidField, .invalid, .invalidPatch, .tooMuchWork,
        .checksFailed, .invalidSchema, .schemaBreaks, .changeReused, .rollbackToTombstone, .failed, .notSupported,
        .damagedVersion, .noRoom, .behind, .foreignEpoch,
        .signingRequired, .accessUnknown, .overloaded, .unavailable, .conflictPersists, .outcomeUnknown, .stopping,
    ]
}
