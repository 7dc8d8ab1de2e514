import ConfigStore

/// The anchor of the audit log L is the document `anchor/L` of the collection `meta`: `n` and `checkpoint`.
extension MongoClient {
    func anchor(of log: String) throws(MongoFailure) -> AuditAnchor? {
        try find(in: .meta, ["_id": .string(Self.identifier(log))], ["limit": 1, "singleBatch": true]) {
            row throws(MongoFailure) in
            AuditAnchor(log: log, count: try row.int64("n"), checkpoint: try row.binary("checkpoint"))
        }.first
    }

    /// The filter makes it safe to do it again, and for several at once: the count only rises. Another one that comes
    /// between two steps is met by beginning anew; from then on there is an anchor, so that happens a few times at most.
    func raiseAnchor(_ anchor: AuditAnchor) throws(MongoFailure) -> AuditAnchor {
        let identifier = BSONValue.string(Self.identifier(anchor.log))
        let fields: BSONFields = ["n": .int64(anchor.count), "checkpoint": .binary(anchor.checkpoint)]
        while true {
            let raised = try updateAll(
                in: .meta, ["_id": identifier, "n": ["$lt": .int64(anchor.count)]], ["$set": .document(fields)])
            if raised == 1 { return anchor }
            guard let stored = try self.anchor(of: anchor.log) else {
                if try insertAnchor(identifier, fields) { return anchor }
                continue
            }
            if stored.count >= anchor.count { return stored }
        }
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
