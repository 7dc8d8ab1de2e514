import ConfigModel
import ConfigRegistry
import GRDB

extension Database {
    /// The newest version: one seek from the end of the document's range in the index of numbers.
    func head(of key: DocumentKey) throws -> StoredVersion? {
        try newest(of: key, before: nil, limit: 1).first
    }

    func version(_ version: Int64, of key: DocumentKey) throws -> StoredVersion? {
        try versions(
            where: "service = ? AND environment = ? AND version = ?", [key.service, key.environment, version]
        ).first
    }

    func change(_ changeID: String, of key: DocumentKey) throws -> StoredVersion? {
        try versions(
            where: "service = ? AND environment = ? AND change_id = ?", [key.service, key.environment, changeID]
        ).first
    }

    /// Versions newest first.
    func newest(
        of key: DocumentKey, before: Int64?, limit: Int, _ maximumBytes: Int = .max
    ) throws -> [StoredVersion] {
        try versions(
            where: """
                service = ? AND environment = ? AND version <= ? ORDER BY version DESC LIMIT ?
                """,
            [key.service, key.environment, before.map { $0 - 1 } ?? .max, limit], maximumBytes)
    }
}
