package import ConfigModel

/// The versions that a change set made.
package struct PublishedSet: Sendable, Equatable {
    /// Which versions these are.
    package let changeSet: ChangeSet
    /// In the order of the request.
    package let members: [Published]

    /// Puts a set together.
    package init(_ changeSet: ChangeSet, members: [Published]) {
        self.changeSet = changeSet
        self.members = members
    }
}
