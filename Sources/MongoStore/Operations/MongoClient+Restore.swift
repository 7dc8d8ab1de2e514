import ConfigAccess
import ConfigModel
import ConfigStore

/// The mark of a restore is the field `restore` of the document `format`, which becomes `restored` at its end, and whose number is
/// out of reach of every program meanwhile. `restore_epoch` is the epoch of the restore that is about to end.
extension MongoClient {
    func restoreMark(_ name: String = "restore") throws(MongoFailure) -> RestoreMark? {
        let texts = try find(in: .meta, ["_id": "format"], ["limit": 1, "singleBatch": true]) {
            row throws(MongoFailure) in try row.stringIfPresent(name)
        }
        guard let text = texts.first ?? nil else { return nil }
        guard let mark = RestoreMark(text: text) else {
            throw MongoFailure(.malformed, "'\(name)' of the document 'format' is nothing that configbus wrote")
        }
        return mark
    }

    /// False when there is anything but an epoch and rules.
    func isEmpty() throws(MongoFailure) -> Bool {
        guard try anchors().isEmpty else { return false }
        for collection in [MongoCollection.versions, .pruned, .tokens, .tokenNames, .denials] {
            let isThere = try !find(in: collection, [:], ["limit": 1, "singleBatch": true]) { _ in true }.isEmpty
            if isThere { return false }
        }
        return true
    }

    func beginRestore(_ mark: RestoreMark, after finished: RestoreMark?) throws(MongoFailure) -> Bool {
        let before: BSONValue = finished.map { .string($0.text) } ?? ["$exists": .bool(false)]
        let isBegun = try change(
            ["restore": ["$exists": .bool(false)], "restored": before],
            ["$set": ["n": .int64(StoreFormat.restoring), "restore": .string(mark.text)]])
        if isBegun { return true }
        // A write that changes nothing sees what is there now; a read of what a majority has may not.
        return try change(["restore": .string(mark.text)], ["$set": ["n": .int64(StoreFormat.restoring)]])
    }

    /// Changes the document `format`; false when it is not so.
    private func change(_ condition: BSONFields, _ update: BSONFields) throws(MongoFailure) -> Bool {
        var filter: BSONFields = ["_id": "format"]
        for field in condition.fields { filter.append(field.name, field.value) }
        return try updateAll(in: .meta, filter, update) == 1
    }

    /// The end of the index of `_id`.
    func lastVersion() throws(MongoFailure) -> VersionIdentity? {
        let rows = try find(
            in: .versions, [:], ["sort": ["_id": -1], "projection": ["_id": 1], "limit": 1, "singleBatch": true]
        ) { row throws(MongoFailure) in VersionIdentity.reading(row) }
        switch rows.first {
        case nil: return nil
        case .success(let version): return version
        case .failure(let damage): throw MongoFailure(damage)
        }
    }

    func restore(_ records: [VersionRecord]) throws(MongoFailure) {
        guard !records.isEmpty else { return }
        var rows = BSONDocuments()
        for record in records { rows.append(try Self.row(record, isAnnounced: true)) }
        try insertInOrder(rows, into: .versions)
    }

    func restore(_ mark: PruneMark, first: VersionRecord) throws(MongoFailure) {
        do throws(MongoFailure) {
            try restore([first])
        } catch {
            // It is there.
            guard error.kind == .duplicateKey else { throw error }
        }
        try raise(mark)
    }

    func restore(_ anchors: [AuditAnchor]) throws(MongoFailure) {
        for anchor in anchors {
            var fields: BSONFields = ["n": .int64(anchor.count), "checkpoint": .binary(anchor.checkpoint)]
            fields.append("owner", anchor.owner)
            try upsert(in: .meta, ["_id": .string("anchor/\(anchor.log)")], ["$set": .document(fields)])
        }
    }

    func restore(_ access: RestoredAccess) throws(MongoFailure) {
        for name in access.names {
            try upsert(
                in: .tokenNames, ["_id": .string(name.name)],
                [
                    "$set": [
                        "grants": .strings(name.binding.storedGrants), "rights": .strings(name.binding.storedRights),
                    ]
                ])
        }
        for token in access.tokens {
            var fields = BSONFields(token.bsonFields().fields.filter { $0.name != "_id" })
            if let time = token.revokedAt { fields.append("revoked_at", .date(time.milliseconds)) }
            fields.append("revoked_by", token.revokedBy)
            if let time = token.lastUsedAt { fields.append("last_used_at", .date(time.milliseconds)) }
            try upsert(in: .tokens, ["_id": .string(token.id)], ["$set": .document(fields)])
        }
        for denial in access.denials {
            try upsert(in: .denials, ["_id": denial.bsonIdentity], ["$set": .document(denial.bsonFields())])
        }
    }

    /// Counted in the index, and not taken from the collection's metadata, which may be wrong after a crash.
    func versionCount() throws(MongoFailure) -> Int64 {
        try readCommand(
            for: .versions, ["count": "versions", "query": ["_id": ["$gt": [:]]], "hint": ["_id": 1]]
        ) { reply throws(MongoFailure) in try reply.int64("n") }
    }

    /// Of several at once the last that left its epoch beside the mark ends: the others find another there, or no mark. The epoch
    /// is replaced only where it is that of before this, so that one who was slow replaces none of a finished restore.
    func finishRestore(_ mark: RestoreMark, _ state: StoreState) throws(MongoFailure) -> Bool {
        let (text, epoch) = (BSONValue.string(mark.text), BSONValue.string(state.epoch.description))
        while true {
            let before = try self.state().epoch
            guard try change(["restore": text], ["$set": ["restore_epoch": epoch]]) else {
                // It may have been done, and the response got lost.
                return try change(["restored": text, "restored_epoch": epoch], ["$set": ["restored_epoch": epoch]])
            }
            try upsert(in: .meta, ["_id": "signing"], ["$set": ["rule": .string(state.signing.rawValue)]])
            try raiseAccess(state.authentication)
            try upsert(in: .meta, ["_id": "schemas"], ["$inc": ["n": .int64(1)]])
            guard try replace(before, by: state.epoch, state.statement) else { continue }
            return try change(
                ["restore": text, "restore_epoch": epoch],
                [
                    "$set": ["n": .int64(Self.format)],
                    "$rename": ["restore": "restored", "restore_epoch": "restored_epoch"],
                ])
        }
    }
}
