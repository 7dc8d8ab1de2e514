/// What a deletion did.
public enum Deletion: Sendable, Equatable {
    /// A tombstone was added.
    case deleted(version: Int64)
    /// There was nothing to delete.
    case nothing
}
