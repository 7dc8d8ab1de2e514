import ConfigStore

/// The anchor of the audit log L is the document `anchor/L` of the collection `meta`: `n`, `checkpoint` and, when it belongs to
/// an identity, `owner`.
extension MongoClient {
    func anchor(of log: String) throws(MongoFailure) -> AuditAnchor? {
        try find(in: .meta, ["_id": .string(Self.identifier(log))], ["limit": 1, "singleBatch": true]) {
            row throws(MongoFailure) in
            AuditAnchor(
                log: log, count: try row.int64("n"), checkpoint: try row.binary("checkpoint"),
                owner: try row.stringIfPresent("owner"))
        }.first
    }

    /// The filter makes it safe to do it again, and for several at once: the count only rises, and an owner stays. Another one
    /// that comes between two steps is met by beginning anew; from then on there is an anchor, so that happens a few times at
    /// most.
    func raiseAnchor(_ anchor: AuditAnchor) throws(MongoFailure) -> AuditAnchor {
        let identifier = BSONValue.string(Self.identifier(anchor.log))
        var fields: BSONFields = ["n": .int64(anchor.count), "checkpoint": .binary(anchor.checkpoint)]
        fields.append("owner", anchor.owner)
        var lower: BSONFields = ["_id": identifier, "n": ["$lt": .int64(anchor.count)]]
        if let owner = anchor.owner {
            lower.append("$or", [["owner": .string(owner)], ["owner": ["$exists": false]]])
        }
        while true {
            try updateAll(in: .meta, lower, ["$set": .document(fields)])
            if let stored = try self.anchor(of: anchor.log) {
                if stored.count >= anchor.count || anchor.isForeign(to: stored) { return stored }
            } else if try insertAnchor(identifier, fields) {
                return anchor
            }
        }
    }

    /// False when there is no anchor.
    func giveAnchor(of log: String, to owner: String) throws(MongoFailure) -> Bool {
        try updateAll(in: .meta, ["_id": .string(Self.identifier(log))], ["$set": ["owner": .string(owner)]]) == 1
    }

    /// False when another was the first.
    private func insertAnchor(_ identifier: BSONValue, _ fields: BSONFields) throws(MongoFailure) -> Bool {
        var document: BSONFields = ["_id": identifier]
        for (name, value) in fields.fields { document.append(name, value) }
        do throws(MongoFailure) {
            try insert(.encoding(document, capacity: 8_192), into: .meta)
            return true
        } catch {
            guard error.kind == .duplicateKey else { throw error }
            return false
        }
    }

    private static func identifier(_ log: String) -> String { "anchor/\(log)" }
}
