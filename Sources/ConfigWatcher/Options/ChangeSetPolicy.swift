/// What a group does with versions that were published together, as a change set.
public enum ChangeSetPolicy: Sendable, Equatable {
    /// Each is applied as soon as it is proven, like any other version.
    case each
    /// All of those that the group follows are applied together, or none. A version waits until every other one is proven, at
    /// its number or a newer one; then all are decoded and validated, the handlers of all are called in the order of their
    /// documents, and all become visible at one moment. One that is refused refuses all that were
    /// published in that set; later versions of the others go on by themselves.
    case together
}
