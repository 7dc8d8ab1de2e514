import ConfigModel
import ConfigStore

extension MongoClient {
    /// Walks the index of `_id`.
    func versions(
        after version: VersionIdentity?, limit: Int, maximumBytes: Int
    ) throws(MongoFailure) -> VersionPage {
        guard limit > 0 else { return VersionPage() }
        var version = version
        while true {
            let position = version.map { BSONValue.versionIdentity($0.key, $0.version) } ?? [:]
            let page = try versions(
                ["_id": ["$gt": position]],
                ["hint": ["_id": 1], "sort": ["_id": 1], "limit": .int64(Int64(limit))], maximumBytes: maximumBytes)
            let rest = try kept(page)
            let last =
                page.map { VersionIdentity(key: $0.record.key, version: $0.record.version) }
                + page.damaged.compactMap(\.identity)
            guard rest.rowCount == 0, let next = last.max(by: VersionIdentity.precedes) else { return rest }
            version = next
        }
    }

    func anchors() throws(MongoFailure) -> [AuditAnchor] {
        let prefix = "anchor/"
        // "0" comes right behind "/".
        return try find(in: .meta, ["_id": ["$gte": .string(prefix), "$lt": "anchor0"]], ["sort": ["_id": 1]]) {
            row throws(MongoFailure) in
            AuditAnchor(
                log: String(try row.string("_id").dropFirst(prefix.count)), count: try row.int64("n"),
                checkpoint: try row.binary("checkpoint"), owner: try row.stringIfPresent("owner"))
        }
    }

    func boundNames() throws(MongoFailure) -> [BoundName] {
        try find(in: .tokenNames, [:], ["sort": ["_id": 1]]) { row throws(MongoFailure) in
            BoundName(name: try row.string("_id"), binding: try NameBinding(row))
        }
    }
}
