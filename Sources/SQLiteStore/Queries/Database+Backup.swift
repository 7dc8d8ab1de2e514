import ConfigModel
import ConfigStore
import Foundation
import GRDB

extension Database {
    /// Walks the index of numbers. Without its name the first page might be sorted, and with it the whole table.
    func versions(after version: VersionIdentity?, limit: Int, maximumBytes: Int) throws -> VersionPage {
        let from = """
            SELECT * FROM versions INDEXED BY versions_number WHERE version > ifnull((
                SELECT through FROM pruned
                WHERE pruned.service = versions.service AND pruned.environment = versions.environment
            ), 0)
            """
        let order = "ORDER BY service, environment, version LIMIT ?"
        guard let version else {
            return try cachedStatement(sql: "\(from) \(order)").storedVersions([max(0, limit)], maximumBytes)
        }
        let behind = "AND (service, environment, version) > (?, ?, ?)"
        return try cachedStatement(sql: "\(from) \(behind) \(order)").storedVersions(
            [version.key.service, version.key.environment, version.version, max(0, limit)], maximumBytes)
    }

    func anchors() throws -> [AuditAnchor] {
        try Row.fetchAll(self, sql: "SELECT log, count, checkpoint, owner FROM anchors ORDER BY log").map { row in
            AuditAnchor(
                log: try row.decode(String.self, forColumn: "log"),
                count: try row.decode(Int64.self, forColumn: "count"),
                checkpoint: Array(try row.decode(Data.self, forColumn: "checkpoint")),
                owner: try row.decode(String?.self, forColumn: "owner"))
        }
    }

    func boundNames() throws -> [BoundName] {
        try Row.fetchAll(self, sql: "SELECT name, grants, rights FROM token_names ORDER BY name").map { row in
            let name = try row.decode(String.self, forColumn: "name")
            do throws(RowFault) {
                return BoundName(name: name, binding: try NameBinding(row))
            } catch {
                throw StoreError.invalid("What the name '\(name)' belongs to cannot be read: \(error.description).")
            }
        }
    }
}
