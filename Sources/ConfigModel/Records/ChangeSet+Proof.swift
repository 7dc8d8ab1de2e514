/// Proving the list of members that goes with each of them.
extension ChangeSet {
    /// Takes what was sent or stored with a version about its change set.
    ///
    /// - Parameters:
    ///   - id: the identifier, which the version's record hash has to hold.
    ///   - members: the list beside it.
    /// - Returns: nil for a version that was published alone, which has neither.
    /// - Throws: for a list that does not make the identifier, or that this version is not in.
    package static func proving(
        id: String?, members: [String]?, of key: DocumentKey, version: Int64, epoch: Epoch, changeID: String
    ) throws(ChangeSetFault) -> ChangeSet? {
        switch (id, members) {
        case (nil, nil): return nil
        case (_?, nil): throw ChangeSetFault("'changeset_members' is missing")
        case (nil, _?): throw ChangeSetFault("'changeset_id' is missing beside 'changeset_members'")
        case (let id?, let members?):
            // Before anything is hashed.
            guard (1...maximumMembers).contains(members.count) else {
                throw ChangeSetFault(
                    "'changeset_members' names \(members.count) versions; it can be 1 to \(maximumMembers)")
            }
            guard zip(members, members.dropFirst()).allSatisfy(UTF8Order.isLess) else {
                throw ChangeSetFault("'changeset_members' is not in order")
            }
            let own = member(key, version)
            guard members.contains(where: { UTF8Order.areEqual($0, own) }) else {
                throw ChangeSetFault("'changeset_members' does not name this version")
            }
            let set = ChangeSet(epoch: epoch, changeID: changeID, members: members)
            guard UTF8Order.areEqual(set.id, id) else {
                throw ChangeSetFault("'changeset_members' does not make 'changeset_id'")
            }
            return set
        }
    }

    /// How a version is named in the list.
    static func member(_ key: DocumentKey, _ version: Int64) -> String { "\(key)@\(version)" }

    /// How much text the identifier and the list are.
    package var textBytes: Int { members.reduce(id.utf8.count) { $0 + $1.utf8.count } }
}

/// Why what is said about a version's change set does not hold: without a full stop.
package struct ChangeSetFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// What is wrong.
    package let description: String

    init(_ description: String) { self.description = description }
}
