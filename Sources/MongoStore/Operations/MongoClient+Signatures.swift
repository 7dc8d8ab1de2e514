import ConfigModel
import ConfigStore

extension MongoClient {
    /// Walks the index of `_id`, which no row that is not a version is part of: its `_id` is no document.
    func outlines(after version: VersionIdentity?, limit: Int) throws(MongoFailure) -> OutlinePage {
        guard limit > 0 else { return OutlinePage() }
        let position = version.map { BSONValue.versionIdentity($0.key, $0.version) } ?? [:]
        return OutlinePage(
            try find(
                in: .versions, ["_id": ["$gt": position]],
                [
                    "hint": ["_id": 1], "sort": ["_id": 1], "projection": ["config_data": 0],
                    "limit": .int64(Int64(limit)),
                ]
            ) { row throws(MongoFailure) in RecordOutline.reading(row) })
    }

    /// One command for each 1,000 versions; trying on is harmless, because a version that was changed matches no more.
    func replaceSignatures(
        _ changes: [SignatureChange], until deadline: ContinuousClock.Instant
    ) throws(MongoFailure) {
        for start in stride(from: 0, to: changes.count, by: 1_000) {
            let updates = changes[start..<min(start + 1_000, changes.count)].map(\.update)
            try repeating(until: deadline) { () throws(MongoFailure) in try updateEach(in: .versions, updates) }
        }
    }
}

extension SignatureChange {
    fileprivate var update: DocumentUpdate {
        DocumentUpdate(
            filter: [
                "_id": .versionIdentity(version.key, version.version), "record_hash": .string(recordHash),
                "signature": .string(before.signature), "key_id": .string(before.keyID),
            ],
            update: ["$set": ["signature": .string(after.signature), "key_id": .string(after.keyID)]])
    }
}
