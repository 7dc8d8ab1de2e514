import ConfigModel
import GRDB

extension ChangeSet {
    /// The members as a row holds them: a JSON array of strings.
    var membersText: String { JSONValue.array(members.map { .string($0) }).description }

    /// Takes what a row says about the change set of its version, and proves it.
    static func reading(
        _ row: Row, of key: DocumentKey, version: Int64, epoch: Epoch, changeID: String
    ) throws(RowFault) -> ChangeSet? {
        let (id, members) = (try row.optionalText("changeset_id"), try row.members())
        do throws(ChangeSetFault) {
            return try proving(
                id: id, members: members, of: key, version: version, epoch: epoch, changeID: changeID)
        } catch {
            throw RowFault(error.description)
        }
    }
}

extension Row {
    fileprivate func members() throws(RowFault) -> [String]? {
        guard let text = try optionalText("changeset_members") else { return nil }
        guard case .array(let elements)? = try? JSONValue(parsing: text) else { throw Self.noMembers }
        return try elements.map { element throws(RowFault) in
            guard case .string(let member) = element else { throw Self.noMembers }
            return member
        }
    }

    private static var noMembers: RowFault { RowFault("'changeset_members' is not a JSON array of strings") }
}
