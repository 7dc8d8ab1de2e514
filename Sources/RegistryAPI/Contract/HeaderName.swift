/// The header fields that requests and responses of the registry use, as they are written.
package enum HeaderName: String, Sendable, CaseIterable {
    // Of HTTP.
    case accept = "Accept"
    case acceptEncoding = "Accept-Encoding"
    case allow = "Allow"
    case authorization = "Authorization"
    case cacheControl = "Cache-Control"
    case connection = "Connection"
    case contentType = "Content-Type"
    case date = "Date"
    case etag = "ETag"
    case ifMatch = "If-Match"
    case ifNoneMatch = "If-None-Match"
    case lastModified = "Last-Modified"
    case link = "Link"
    case location = "Location"
    case prefer = "Prefer"
    case preferenceApplied = "Preference-Applied"
    case retryAfter = "Retry-After"
    case wwwAuthenticate = "WWW-Authenticate"

    /// Makes a repeated write the same version.
    case idempotencyKey = "Idempotency-Key"
    /// The caller's own identifier of a request.
    case correlationID = "X-Correlation-ID"
    /// Names a request in the log.
    case requestID = "X-Request-ID"
    /// The trace that a request belongs to (W3C Trace Context).
    case traceparent = "traceparent"
    /// What systems of traces add to it.
    case tracestate = "tracestate"

    /// The number of the version.
    case configVersion = "Config-Version"
    /// The number of the default environment's version in an overlay.
    case configDefaultVersion = "Config-Default-Version"
    /// The hash of the content.
    case configHash = "Config-Hash"
    /// The hash of the whole record.
    case configRecordHash = "Config-Record-Hash"
    /// The store's epoch.
    case configEpoch = "Config-Epoch"
    /// The signed statement that this epoch counts.
    case configEpochSignature = "Config-Epoch-Signature"
    /// The epoch in which the version was made, when it is another.
    case configRecordEpoch = "Config-Record-Epoch"
    /// What the version did.
    case configChangeType = "Config-Change-Type"
    /// The signature of the version.
    case configSignature = "Config-Signature"
    /// The key that signed it.
    case configKeyID = "Config-Key-Id"
    /// What a schema is applied to.
    case configSchemaChecks = "Config-Schema-Checks"
    /// The hash of a schema alone, which is what the body has.
    case configSchemaHash = "Config-Schema-Hash"
    /// The documents that a list leaves out.
    case configDamaged = "Config-Damaged"
}
