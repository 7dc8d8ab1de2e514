package import ConfigModel

/// The versions that a change set made.
package struct PublishedSet: Sendable, Equatable {
    /// Which versions these are.
    package let changeSet: ChangeSet
    /// In the order of the request.
    package let members: [Published]
    /// The heads that do not fit a schema of the set: those that were let pass, and those that were published before every
    /// registry knew it.
    package var breaks: [SchemaVerdict] = []

    /// Puts a set together.
    package init(_ changeSet: ChangeSet, members: [Published]) {
        self.changeSet = changeSet
        self.members = members
    }
}
