import ConfigRegistry

/// The anchor of the audit log L is the document `anchor/L` of the collection `meta`: `n` and `checkpoint`.
extension MongoClient {
    func anchor(of log: String) throws(MongoFailure) -> AuditAnchor? {
        try find(in: .meta, ["_id": .string(Self.identifier(log))], ["limit": 1, "singleBatch": true]) {
            row throws(MongoFailure) in
            AuditAnchor(log: log, count: try row.int64("n"), checkpoint: try row.binary("checkpoint"))
        }.first
    }

    /// The filter makes it safe to do it again, and for several at once: the count only rises.
    func raiseAnchor(_ anchor: AuditAnchor) throws(MongoFailure) -> AuditAnchor {
        let identifier = BSONValue.string(Self.identifier(anchor.log))
        let fields: BSONFields = ["n": .int64(anchor.count), "checkpoint": .binary(anchor.checkpoint)]
        let raised = try updateAll(
            in: .meta, ["_id": identifier, "n": ["$lt": .int64(anchor.count)]], ["$set": .document(fields)])
        if raised == 1 { return anchor }
        if let stored = try self.anchor(of: anchor.log) { return stored }
        var document: BSONFields = ["_id": identifier]
        for (name, value) in fields.fields { document.append(name, value) }
        do throws(MongoFailure) {
            try insert(.encoding(document, capacity: 8_192), into: .meta)
            return anchor
        } catch {
            guard error.kind == .duplicateKey else { throw error }
        }
        // Another was the first; its count decides.
        return try raiseAnchor(anchor)
    }

    private static func identifier(_ log: String) -> String { "anchor/\(log)" }
}
