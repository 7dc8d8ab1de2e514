public import ConfigModel

/// What the registry says about a document's newest version.
public enum HeadResponse: Sendable, Equatable {
    /// The document lives.
    case content(ServedContent)
    /// It is still the version of this ETag, which the caller has. The facts are what the registry knows about that
    /// version; a caller that has it from elsewhere compares them. Nil when the response does not say.
    case notModified(etag: String, facts: SignedFacts? = nil)
    /// It never existed.
    case unknown
    /// It was deleted.
    case deleted(ServedTombstone)
}
