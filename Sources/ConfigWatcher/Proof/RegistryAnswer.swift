import ConfigModel

/// What came of a question to the registry.
enum RegistryAnswer: Sendable, Equatable {
    /// The newest version, a tombstone included.
    case document(DocumentVersion)
    /// The version of the condition is the newest; what the registry knows about it, if it says so.
    case notModified(SignedFacts? = nil)
    /// The document never existed.
    case unknown
    /// The registry has not reached the version that was asked for.
    case behind(reason: String)
    /// The newest version is damaged in the registry's store, so that it is not served.
    case damaged(version: Int64)
    /// There was no answer that says anything.
    case failed(reason: String, retryAfter: Duration?)
}
