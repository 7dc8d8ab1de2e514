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

    /// Describes a change.
    public init(
        comment: String = "", createdBy: String? = nil, expected: ExpectedVersion? = nil, changeID: String? = nil,
        correlationID: String? = nil
    ) {
        self.comment = comment
        self.createdBy = createdBy
        self.expected = expected
        self.changeID = changeID
        self.correlationID = correlationID
    }
}

/// The state that a document must be in for a change to be made.
public enum ExpectedVersion: Sendable, Equatable {
    /// Exactly this version.
    case version(Int64)
    /// The version of this ETag, in this ETag's epoch.
    case etag(String)
}
