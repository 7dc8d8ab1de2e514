import ConfigModel
import ConfigStore
import GRDB

extension Database {
    /// The newest version: one seek from the end of the document's range in the index of numbers.
    func head(of key: DocumentKey) throws -> StoredVersion? {
        try version(
            where: "service = ? AND environment = ? ORDER BY version DESC LIMIT 1", [key.service, key.environment])
    }

    func version(_ version: Int64, of key: DocumentKey) throws -> StoredVersion? {
        try self.version(
            where: "service = ? AND environment = ? AND version = ?", [key.service, key.environment, version])
    }

    func change(_ changeID: String, of key: DocumentKey) throws -> StoredVersion? {
        try version(
            where: "service = ? AND environment = ? AND change_id = ?", [key.service, key.environment, changeID])
    }

    /// Versions newest first.
    func newest(of key: DocumentKey, before: Int64?, limit: Int, maximumBytes: Int = .max) throws -> VersionPage {
        try versions(
            where: """
                service = ? AND environment = ? AND version <= ? ORDER BY version DESC LIMIT ?
                """,
            [key.service, key.environment, before.map { $0 - 1 } ?? .max, limit], maximumBytes)
    }

    /// The members of a change set.
    func versions(ofChangeSet id: String) throws -> VersionPage {
        try versions(where: "changeset_id = ? LIMIT ?", [id, ChangeSet.maximumMembers])
    }

    /// Exactly these versions.
    func versions(_ identities: [VersionIdentity]) throws -> VersionPage {
        var page = VersionPage()
        for identity in identities {
            page.append(
                contentsOf: try versions(
                    where: "service = ? AND environment = ? AND version = ?",
                    [identity.key.service, identity.key.environment, identity.version]))
        }
        return page
    }
}
