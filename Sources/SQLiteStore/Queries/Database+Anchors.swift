import ConfigStore
import Foundation
import GRDB

extension Database {
    func anchor(of log: String) throws -> AuditAnchor? {
        guard
            let row = try Row.fetchOne(
                self, sql: "SELECT count, checkpoint, owner FROM anchors WHERE log = ?", arguments: [log])
        else { return nil }
        return AuditAnchor(
            log: log, count: try row.decode(Int64.self, forColumn: "count"),
            checkpoint: Array(try row.decode(Data.self, forColumn: "checkpoint")),
            owner: try row.decode(String?.self, forColumn: "owner"))
    }

    /// Keeps the anchor unless one with as many entries or more is there, or the log belongs to another identity.
    func raiseAnchor(_ anchor: AuditAnchor) throws {
        try execute(
            sql: """
                INSERT INTO anchors (log, count, checkpoint, owner) VALUES (?, ?, ?, ?)
                ON CONFLICT (log) DO UPDATE SET
                    count = excluded.count, checkpoint = excluded.checkpoint,
                    owner = coalesce(anchors.owner, excluded.owner)
                WHERE excluded.count > anchors.count
                    AND (excluded.owner IS NULL OR anchors.owner IS NULL OR excluded.owner = anchors.owner)
                """,
            arguments: [anchor.log, anchor.count, Data(anchor.checkpoint), anchor.owner])
    }

    /// False when there is no anchor.
    func giveAnchor(of log: String, to owner: String) throws -> Bool {
        try execute(sql: "UPDATE anchors SET owner = ? WHERE log = ?", arguments: [owner, log])
        return changesCount > 0
    }
}
