public import ConfigModel

/// What goes with a change beside its content.
public struct WriteOptions: Sendable, Equatable {
    /// Why the change is made.
    public var comment: String
    /// Who makes it; a registry with authentication takes the authenticated identity instead.
    public var createdBy: String?
    /// The state that the document must be in; nil for any.
    public var expected: ExpectedVersion?
    /// Makes a repetition of the same request the same version (`[A-Za-z0-9._:-]{1,64}`); nil makes a new one.
    public var changeID: String?
    /// Ties the change to the caller's own request.
    public var correlationID: String?
    /// The findings of checks that the author lets pass.
    public var overrides: CheckOverrides

    /// Describes a change.
    public init(
        comment: String = "", createdBy: String? = nil, expected: ExpectedVersion? = nil, changeID: String? = nil,
        correlationID: String? = nil, overrides: CheckOverrides = .none
    ) {
        self.comment = comment
        self.createdBy = createdBy
        self.expected = expected
        self.changeID = changeID
        self.correlationID = correlationID
        self.overrides = overrides
    }
}

/// The state that a document must be in for a change to be made.
public enum ExpectedVersion: Sendable, Equatable {
    /// Exactly this version.
    case version(Int64)
    /// The version of this ETag, in this ETag's epoch.
    case etag(String)
}

extension ExpectedVersion {
    /// Reads what a write says about the state of the document: `If-Match`, or `expected_version` in query or body, at most
    /// once. An ETag that is returned is one of the registry's.
    ///
    /// - Parameters:
    ///   - ifMatch: the header.
    ///   - ifNoneMatch: the header, which a write must not have.
    ///   - queryVersion: `expected_version` in the query.
    ///   - bodyVersion: `expected_version` in the body.
    ///   - takesAny: true where a living document is needed anyway, so that `If-Match: *` adds nothing.
    package static func read(
        ifMatch: String?, ifNoneMatch: String?, queryVersion: Int64?, bodyVersion: Int64? = nil, takesAny: Bool = false
    ) throws(Problem) -> ExpectedVersion? {
        guard ifNoneMatch == nil else {
            throw Problem(
                .invalidHeader, "If-None-Match is for reading; POST creates a document only if there is none.")
        }
        guard [ifMatch != nil, queryVersion != nil, bodyVersion != nil].count(where: { $0 }) <= 1 else {
            throw Problem(
                .invalidParameter,
                "Say once which version you expect: If-Match, or expected_version in the query or in the body.")
        }
        if let version = queryVersion ?? bodyVersion { return .version(version) }
        guard let ifMatch, !(takesAny && ifMatch == "*") else { return nil }
        guard EntityTag(parsing: ifMatch) != nil else {
            throw Problem(
                .invalidHeader,
                "If-Match must be the one ETag that you got with the version you saw, for example \"1.7\" with its quotes."
            )
        }
        return .etag(ifMatch)
    }
}
