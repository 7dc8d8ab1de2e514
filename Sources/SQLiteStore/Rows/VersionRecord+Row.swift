import ConfigModel
import Foundation
import GRDB

extension VersionRecord {
    /// What `INSERT` takes, in the order of `columns`.
    func arguments(storedAt: Int64) -> StatementArguments {
        [
            key.service, key.environment, version, changeType.rawValue, Data(content.bytes), content.hash, previousHash,
            recordHash, epoch.description, changeID, correlationID.map { AnyText($0) },
            changeSet?.id, changeSet?.membersText, createdAt.milliseconds, AnyText(createdBy), AnyText(comment),
            restoredFrom,
            overrides.map { AnyText($0) }, signature?.signature, signature?.keyID, storedAt,
        ]
    }

    static let columns = """
        service, environment, version, change_type, config_data, content_hash, previous_hash, record_hash, epoch, \
        change_id, correlation_id, changeset_id, changeset_members, created_at, created_by, comment, restored_from, \
        overrides, signature, key_id, stored_at
        """

    /// One for each of `columns`.
    static let placeholders = columns.split(separator: ", ").map { _ in "?" }.joined(separator: ", ")
}

extension RecordOutline {
    /// What an outline is made of, of the table `head`.
    static let columns = VersionRecord.columns.split(separator: ", ").filter { $0 != "config_data" }
        .map { "head.\($0)" }.joined(separator: ", ")
}
