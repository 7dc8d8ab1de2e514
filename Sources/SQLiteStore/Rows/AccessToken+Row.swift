import ConfigAccess
import ConfigModel
import ConfigStore
import Foundation
import GRDB

extension AccessToken {
    static let columns = "id, hash, name, grants, rights, created_at, created_by, expires_at, comment"

    /// What `INSERT` takes, in the order of `columns`.
    var arguments: StatementArguments {
        let binding = NameBinding(self)
        return [
            id, Data(hash), name, binding.grantsText, binding.rightsText, createdAt.milliseconds, AnyText(createdBy),
            expiresAt?.milliseconds, AnyText(comment),
        ]
    }

    init(_ row: Row) throws(RowFault) {
        let binding = try NameBinding(row)
        self.init(
            id: try row.text("id"), hash: try row.bytes("hash"), name: try row.text("name"), grants: binding.grants,
            rights: binding.rights, createdAt: Timestamp(milliseconds: try row.int64("created_at")),
            createdBy: try row.anyText("created_by"), expiresAt: try row.time("expires_at"),
            comment: try row.anyText("comment"))
        revokedAt = try row.time("revoked_at")
        revokedBy = try row.optionalAnyText("revoked_by")
        lastUsedAt = try row.time("last_used_at")
    }
}

extension NameBinding {
    init(_ row: Row) throws(RowFault) {
        func words(_ column: String) throws(RowFault) -> [String] {
            try row.text(column).split(separator: " ").map(String.init)
        }
        guard let binding = NameBinding(storedGrants: try words("grants"), rights: try words("rights")) else {
            throw RowFault("'grants' or 'rights' has a word that this program does not know")
        }
        self = binding
    }

    var grantsText: String { storedGrants.joined(separator: " ") }
    var rightsText: String { storedRights.joined(separator: " ") }
}

extension Denial {
    static let columns = "id, kind, subject, until, created_at, created_by, comment"

    /// What `INSERT` takes, in the order of `columns`.
    var arguments: StatementArguments {
        let (kind, text) = subject.stored
        return [
            id, kind, AnyText(text), until?.milliseconds, createdAt.milliseconds, AnyText(createdBy), AnyText(comment),
        ]
    }

    init(_ row: Row) throws(RowFault) {
        guard let subject = Subject(storedKind: try row.text("kind"), text: try row.anyText("subject")) else {
            throw RowFault("its 'kind' is not one of identity, jti")
        }
        self.init(
            id: try row.text("id"), subject: subject, until: try row.time("until"),
            createdAt: Timestamp(milliseconds: try row.int64("created_at")), createdBy: try row.anyText("created_by"),
            comment: try row.anyText("comment"))
    }
}

extension Row {
    fileprivate func time(_ column: String) throws(RowFault) -> Timestamp? {
        try optionalInt64(column).map { Timestamp(milliseconds: $0) }
    }
}
