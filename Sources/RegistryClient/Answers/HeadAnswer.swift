/// What the registry says about a document's newest version.
public enum HeadAnswer: Sendable, Equatable {
    /// The document lives.
    case content(ServedContent)
    /// It is still the version of this ETag, which the caller has.
    case notModified(etag: String)
    /// It never existed.
    case unknown
    /// It was deleted.
    case deleted(ServedTombstone)
}
