import ConfigStore
import Foundation
import GRDB

extension Database {
    func anchor(of log: String) throws -> AuditAnchor? {
        guard
            let row = try Row.fetchOne(
                self, sql: "SELECT count, checkpoint FROM anchors WHERE log = ?", arguments: [log])
        else { return nil }
        return AuditAnchor(
            log: log, count: try row.decode(Int64.self, forColumn: "count"),
            checkpoint: Array(try row.decode(Data.self, forColumn: "checkpoint")))
    }

    /// Keeps the anchor unless one with as many entries or more is there.
    func raiseAnchor(_ anchor: AuditAnchor) throws {
        try execute(
            sql: """
                INSERT INTO anchors (log, count, checkpoint) VALUES (?, ?, ?)
                ON CONFLICT (log) DO UPDATE SET count = excluded.count, checkpoint = excluded.checkpoint
                WHERE excluded.count > anchors.count
                """,
            arguments: [anchor.log, anchor.count, Data(anchor.checkpoint)])
    }
}
