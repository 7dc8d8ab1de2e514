/// What a publish requires of the document's present state.
package enum PublishMode: Sendable, Equatable {
    /// No living document may exist.
    case create
    /// A living document must exist.
    case update
    /// Either way.
    case createOrUpdate
}
