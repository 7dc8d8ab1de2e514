package import ConfigModel

/// What became of an append.
package enum AppendOutcome: Sendable, Equatable {
    /// The version is stored and durable.
    case stored
    /// Another change has that number; read the head and try again.
    case versionTaken
    /// The same change identifier already made another version of this document.
    case changeExists(VersionRecord)
    /// The change identifier belongs to this version of the document, which is not kept any more.
    case changePruned(VersionIdentity)
}
