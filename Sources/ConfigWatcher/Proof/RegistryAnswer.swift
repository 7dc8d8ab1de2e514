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
    /// There was no answer that says anything.
    case failed(reason: String, retryAfter: Duration?)
}
