import ConfigModel
import ConfigStore

extension ChangeSet {
    /// Takes what a row says about the change set of its version, and proves it.
    static func reading(
        _ row: BSONView, of identity: VersionIdentity, epoch: Epoch, changeID: String
    ) throws(MongoFailure) -> ChangeSet? {
        let (id, members) = (
            try row.stringIfPresent("changeset_id"), try row.stringsIfPresent("changeset_members")
        )
        do throws(ChangeSetFault) {
            return try proving(
                id: id, members: members, of: identity.key, version: identity.version, epoch: epoch,
                changeID: changeID)
        } catch {
            throw MongoFailure(.malformed, error.description)
        }
    }
}
