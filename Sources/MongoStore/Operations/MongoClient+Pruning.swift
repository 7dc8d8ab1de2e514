import AsyncSupport
import ConfigModel
import ConfigStore

/// The mark of a document is the document of the collection `pruned` with its name as `_id`: `through` and `record_hash`.
extension MongoClient {
    /// No registry remembers a head that is as old.
    private static let oldVersion: Duration = .seconds(86_400)

    /// What is kept of versions that were read. The marks are read behind the versions: whatever was removed before, or while
    /// they were read, has its mark by then.
    func kept(_ page: VersionPage) throws(MongoFailure) -> VersionPage {
        let keys = Set(page.map(\.record.key) + page.damaged.compactMap(\.key))
        guard !keys.isEmpty else { return page }
        let marks = try pruneMarks(of: Array(keys))
        return marks.isEmpty ? page : page.kept(behind: marks)
    }

    func pruneMarks(of keys: [DocumentKey]) throws(MongoFailure) -> [DocumentKey: PruneMark] {
        var marks: [DocumentKey: PruneMark] = [:]
        for start in stride(from: 0, to: keys.count, by: 500) {
            let names = keys[start..<min(start + 500, keys.count)].map(BSONValue.documentName)
            for mark in try pruneMarks(["_id": ["$in": .array(names)]]) { marks[mark.key] = mark }
        }
        return marks
    }

    func pruneMarks(after key: DocumentKey?, limit: Int) throws(MongoFailure) -> [PruneMark] {
        guard limit > 0 else { return [] }
        return try pruneMarks(
            ["_id": ["$gt": key.map(BSONValue.documentName) ?? [:]]],
            ["sort": ["_id": 1], "limit": .int64(Int64(limit))])
    }

    private func pruneMarks(
        _ filter: BSONFields, _ options: BSONFields = [:]
    ) throws(MongoFailure) -> [PruneMark] {
        try find(in: .pruned, filter, options) { row throws(MongoFailure) in
            PruneMark(
                key: try row.document("_id") { name throws(MongoFailure) in try DocumentKey(name) },
                through: try row.int64("through"), recordHash: try row.string("record_hash"))
        }
    }

    func prunable(
        of key: DocumentKey, upTo last: Int64, storedFor age: Duration
    ) throws(MongoFailure) -> PruneMark? {
        let mark = try pruneMarks(of: [key])[key]?.through ?? 0
        guard let head = try number(of: key, from: mark + 1, ["sort": ["_id": -1]]) else { return nil }
        let before = (try serverTime() - age.milliseconds) / 1_000
        let young: BSONFields = [
            "$or": [
                ["announced": false], ["at": ["$gt": .timestamp(seconds: UInt32(clamping: before), increment: .max)]],
            ]
        ]
        let first = try number(of: key, from: mark + 1, ["sort": ["_id": 1]], young)
        let through = min(last, head - 1, (first ?? .max) - 1)
        guard through > mark else { return nil }
        return try version(through, of: key).map {
            PruneMark(key: key, through: through, recordHash: $0.record.recordHash)
        }
    }

    /// The number of the first version in an order.
    private func number(
        of key: DocumentKey, from first: Int64, through last: Int64 = .max, _ order: BSONFields,
        _ condition: BSONFields = [:]
    ) throws(MongoFailure) -> Int64? {
        var filter: BSONFields = [
            "_id": ["$gte": .versionIdentity(key, first), "$lte": .versionIdentity(key, last)]
        ]
        for (name, value) in condition.fields { filter.append(name, value) }
        var options = order
        options.append("hint", ["_id": 1])
        options.append("projection", ["_id": 1])
        options.append("limit", 1)
        options.append("singleBatch", true)
        return try find(in: .versions, filter, options) { row throws(MongoFailure) in
            try row.document("_id") { name throws(MongoFailure) in try name.int64("v") }
        }.first
    }

    /// Doing it again is harmless, and so is doing it at the same time as others: the mark only rises.
    func raise(_ mark: PruneMark) throws(MongoFailure) {
        try raiseFormat(to: Self.pruningFormat)
        let name = BSONValue.documentName(mark.key)
        let fields: BSONFields = [
            "through": .int64(mark.through), "record_hash": .string(mark.recordHash),
            "raised_at": .date(try serverTime()),
        ]
        while true {
            try updateAll(
                in: .pruned, ["_id": name, "through": ["$lt": .int64(mark.through)]], ["$set": .document(fields)])
            guard try pruneMarks(of: [mark.key]).isEmpty else { return }
            do throws(MongoFailure) {
                try insert(.encoding(BSONFields([("_id", name)] + fields.fields)), into: .pruned)
                return
            } catch {
                // Another was the first.
                guard error.kind == .duplicateKey else { throw error }
            }
        }
    }

    /// The first numbers that are left, and with the last of them the content of version 1.
    func removePruned(of key: DocumentKey, limit: Int, grace: Duration) throws(MongoFailure) -> Int {
        guard limit > 0, let mark = try pruneMarks(of: [key])[key] else { return 0 }
        var removed = 0
        let through = try removable(mark, grace)
        if let first = try number(of: key, from: 2, through: through, ["sort": ["_id": 1]]) {
            let last = min(through, first + Int64(limit) - 1)
            removed = Int(
                try deleteAll(
                    in: .versions,
                    ["_id": ["$gte": .versionIdentity(key, first), "$lte": .versionIdentity(key, last)]]))
            guard last == through, removed < limit else { return removed }
        }
        guard through == mark.through else { return removed }
        let emptied = try updateAll(
            in: .versions, ["_id": .versionIdentity(key, 1), "config_data": ["$ne": .binary([])]],
            [
                "$set": [
                    "config_data": .binary([])
                ]
            ])
        return removed + Int(emptied)
    }

    /// Up to where rows may be removed now.
    private func removable(_ mark: PruneMark, _ grace: Duration) throws(MongoFailure) -> Int64 {
        let now = try serverTime()
        let raisedAt = try find(in: .pruned, ["_id": .documentName(mark.key)], ["limit": 1, "singleBatch": true]) {
            row throws(MongoFailure) in try row.date("raised_at")
        }.first
        guard let raisedAt, now - raisedAt < grace.milliseconds else { return mark.through }
        let before = (now - Self.oldVersion.milliseconds) / 1_000
        let young = try number(
            of: mark.key, from: 1, through: mark.through, ["sort": ["_id": 1]],
            ["at": ["$gt": .timestamp(seconds: UInt32(clamping: before), increment: .max)]])
        return young.map { $0 - 1 } ?? mark.through
    }

    /// The document `lease/pruning` of the collection `meta`: `owner` and `until`, in milliseconds by the server's clock.
    func leasePruning(to registry: String, for time: Duration) throws(MongoFailure) -> Bool {
        let identifier: BSONValue = "lease/pruning"
        let now = try serverTime()
        let lease: BSONFields = ["owner": .string(registry), "until": .date(now + time.milliseconds)]
        let mine: BSONFields = [
            "_id": identifier, "$or": [["owner": .string(registry)], ["until": ["$lte": .date(now)]]],
        ]
        if try updateAll(in: .meta, mine, ["$set": .document(lease)]) == 1 { return true }
        do throws(MongoFailure) {
            try insert(.encoding(BSONFields([("_id", identifier)] + lease.fields)), into: .meta)
            return true
        } catch {
            // Another has it.
            guard error.kind == .duplicateKey else { throw error }
            return false
        }
    }
}
