/// What a version did to its document.
public enum ChangeType: String, Sendable, CaseIterable {
    /// The first version, or the first after a deletion.
    case created
    /// New content for a living document.
    case updated
    /// A tombstone: the document is gone, its numbers stay used.
    case deleted
}
