import HTTPTypes

/// The kinds of refusal and failure, each with its status and its title. The raw value is the `type` of the problem
/// document: stable, so that programs may decide by it.
enum ProblemType: String, Sendable, CaseIterable {
    case invalidJSON = "invalid-json"
    case unknownField = "unknown-field"
    case invalidParameter = "invalid-parameter"
    case invalidHeader = "invalid-header"
    case invalidName = "invalid-name"
    case unexpectedBody = "unexpected-body"
    case unreadableBody = "unreadable-body"
    case malformedRequest = "malformed-request"
    case notAllowedHost = "not-allowed-host"
    case notAllowedOrigin = "not-allowed-origin"
    case forwarded
    case untrustedCheckpoint = "untrusted-checkpoint"
    case unknown
    case deleted
    case unknownVersion = "unknown-version"
    case unknownPath = "unknown-path"
    case methodNotAllowed = "method-not-allowed"
    case timeout
    case exists
    case versionMismatch = "version-mismatch"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case expectationFailed = "expectation-failed"
    case headersTooLarge = "headers-too-large"
    case missingContent = "missing-content"
    case notAnObject = "not-an-object"
    case tooDeep = "too-deep"
    case invalidField = "invalid-field"
    case invalid
    case invalidPatch = "invalid-patch"
    case tooMuchWork = "too-much-work"
    case checksFailed = "checks-failed"
    case changeReused = "change-reused"
    case rollbackToTombstone = "rollback-to-tombstone"
    case failed
    case damagedVersion = "damaged-version"
    case noRoom = "no-room"
    case behind
    case foreignEpoch = "foreign-epoch"
    case signingRequired = "signing-required"
    case overloaded
    case unavailable
    case conflictPersists = "conflict-persists"
    case outcomeUnknown = "outcome-unknown"
    case stopping
}

extension ProblemType {
    var status: HTTPResponse.Status {
        switch self {
        case .invalidJSON, .unknownField, .invalidParameter, .invalidHeader, .invalidName, .unexpectedBody,
            .unreadableBody, .malformedRequest:
            .badRequest
        case .notAllowedHost, .notAllowedOrigin, .forwarded, .untrustedCheckpoint: .forbidden
        case .unknown, .deleted, .unknownVersion, .unknownPath: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .timeout: .requestTimeout
        case .exists: .conflict
        case .versionMismatch: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .expectationFailed: .expectationFailed
        case .headersTooLarge: .requestHeaderFieldsTooLarge
        case .missingContent, .notAnObject, .tooDeep, .invalidField, .invalid, .invalidPatch, .tooMuchWork,
            .checksFailed, .changeReused, .rollbackToTombstone:
            .unprocessableContent
        case .failed, .damagedVersion: .internalServerError
        case .noRoom: .init(code: 507, reasonPhrase: "Insufficient Storage")
        case .behind, .foreignEpoch, .signingRequired, .overloaded, .unavailable, .conflictPersists, .outcomeUnknown,
            .stopping:
            .serviceUnavailable
        }
    }

    var title: String {
        switch self {
        case .invalidJSON: "The body is not valid JSON"
        case .unknownField: "The body has an unknown field"
        case .invalidParameter: "A query parameter is not valid"
        case .invalidHeader: "A header is not valid"
        case .invalidName: "A name breaks its rule"
        case .unexpectedBody: "The request must not have a body"
        case .unreadableBody: "The body could not be read"
        case .malformedRequest: "The request is not HTTP"
        case .notAllowedHost: "The Host is not allowed"
        case .notAllowedOrigin: "The Origin is not allowed"
        case .forwarded: "Forwarded requests are not allowed"
        case .untrustedCheckpoint: "The checkpoint is not signed by a trusted key"
        case .unknown: "The document does not exist"
        case .deleted: "The document was deleted"
        case .unknownVersion: "The version does not exist"
        case .unknownPath: "There is nothing at this path"
        case .methodNotAllowed: "The method is not allowed here"
        case .timeout: "The request took too long"
        case .exists: "The document exists already"
        case .versionMismatch: "The document is at another version"
        case .tooLarge: "The content is too large"
        case .unsupportedMediaType: "The media type is not supported"
        case .expectationFailed: "The expectation cannot be met"
        case .headersTooLarge: "The header is too large"
        case .missingContent: "The content is missing"
        case .notAnObject: "The content is not a JSON object"
        case .tooDeep: "The content is nested too deeply"
        case .invalidField: "A field is not valid"
        case .invalid: "The request is not valid"
        case .invalidPatch: "The patch cannot be applied"
        case .tooMuchWork: "The request takes too much work"
        case .checksFailed: "The version does not pass the checks"
        case .changeReused: "The Idempotency-Key was used before"
        case .rollbackToTombstone: "The version is a deletion"
        case .failed: "The registry failed"
        case .damagedVersion: "The stored version is damaged"
        case .noRoom: "The store has no room"
        case .behind: "The version has not arrived yet"
        case .foreignEpoch: "The epoch is not the store's"
        case .signingRequired: "The store takes signed versions only"
        case .overloaded: "The registry is overloaded"
        case .unavailable: "The registry is not available"
        case .conflictPersists: "Other writers were faster"
        case .outcomeUnknown: "The outcome is unknown"
        case .stopping: "The registry is stopping"
        }
    }

    /// How many seconds a caller should wait before the next attempt, for what passes by itself.
    var retryAfter: Int? {
        switch self {
        case .behind, .foreignEpoch, .overloaded, .conflictPersists, .outcomeUnknown, .stopping: 1
        case .unavailable, .noRoom: 2
        default: nil
        }
    }
}
