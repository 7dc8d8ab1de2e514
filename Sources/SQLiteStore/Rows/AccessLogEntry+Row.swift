import ConfigAccess
import ConfigModel
import GRDB

extension AccessLogEntry {
    static let columns =
        "position, at, registry, kind, identity, token_id, address, action, subject, status, type, count"

    /// What `INSERT` takes, in the order of `columns`.
    func arguments(position: String) -> StatementArguments {
        [
            position, at.milliseconds, registry, kind.rawValue, identity.map { AnyText($0) }, tokenID, address, action,
            subject.map { AnyText($0) }, Int64(status), type, count,
        ]
    }

    init(_ row: Row) throws(RowFault) {
        guard let kind = Principal.Kind(rawValue: try row.text("kind")) else {
            throw RowFault("its 'kind' is unknown")
        }
        self.init(
            at: Timestamp(milliseconds: try row.int64("at")), registry: try row.text("registry"), kind: kind,
            identity: try row.optionalAnyText("identity"), tokenID: try row.optionalText("token_id"),
            address: try row.optionalText("address"), action: try row.text("action"),
            subject: try row.optionalAnyText("subject"), status: Int(clamping: try row.int64("status")),
            type: try row.text("type"), count: try row.int64("count"))
    }
}
