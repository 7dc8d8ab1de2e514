import ConfigAccess
import ConfigModel
import ConfigStore

/// The mark of a restore is the field `restore` of the document `format`, which becomes `restored` at its end, and whose number is out of reach of every program meanwhile.
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

    func beginRestore(_ mark: RestoreMark) throws(MongoFailure) {
        try upsert(
            in: .meta, ["_id": "format"],
            ["$set": ["n": .int64(StoreFormat.restoring), "restore": .string(mark.text)]])
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

    func finishRestore(_ state: StoreState) throws(MongoFailure) {
        var fields: BSONFields = ["n": .int64(state.epoch.number), "id": .string(state.epoch.identifier)]
        var update: BSONFields = [:]
        if let statement = state.statement {
            fields.append("statement", .binary(statement.jsonBytes))
        } else {
            update.append("$unset", ["statement": ""])
        }
        update.append("$set", .document(fields))
        try upsert(in: .meta, ["_id": "epoch"], update)
        try upsert(in: .meta, ["_id": "signing"], ["$set": ["rule": .string(state.signing.rawValue)]])
        try raiseAccess(state.authentication)
        try upsert(in: .meta, ["_id": "schemas"], ["$inc": ["n": .int64(1)]])
        try upsert(
            in: .meta, ["_id": "format"], ["$set": ["n": .int64(Self.format)], "$rename": ["restore": "restored"]])
    }
}
