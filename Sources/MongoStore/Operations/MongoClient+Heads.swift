import ConfigModel
import ConfigStore

extension MongoClient {
    /// One pipeline whose cost grows with the heads that are returned and the tombstones that are skipped between them.
    func heads(_ query: HeadQuery) throws(MongoFailure) -> VersionPage {
        guard let pipeline = Self.pipeline(query, hasContents: true) else { return VersionPage() }
        return try versions(pipeline, ["hint": VersionIndex.document.key], maximumBytes: query.maximumBytes)
    }

    /// The same pipeline, which leaves the contents where they are.
    func outlines(_ query: HeadQuery) throws(MongoFailure) -> OutlinePage {
        guard let pipeline = Self.pipeline(query, hasContents: false) else { return OutlinePage() }
        return OutlinePage(
            try aggregate(in: .versions, pipeline, ["hint": VersionIndex.document.key]) { row throws(MongoFailure) in
                RecordOutline.reading(row)
            })
    }

    /// Nil when nothing can match.
    private static func pipeline(_ query: HeadQuery, hasContents: Bool) -> [BSONValue]? {
        let ranges = DocumentRange.ranges(of: query)
        guard !ranges.isEmpty, query.limit > 0 else { return nil }
        let documents: [BSONValue] = [
            ["$match": .document(Self.documents(ranges))], ["$sort": VersionIndex.document.key],
        ]
        return documents + headOfEach(includesDeleted: query.includesDeleted, hasContents: hasContents)
            + [["$limit": .int64(Int64(query.limit))]]
    }

    /// The first versions of the documents in some ranges.
    static func documents(_ ranges: [DocumentRange]) -> BSONFields {
        ["_id.v": 1, "$or": .array(ranges.map(\.condition))]
    }

    /// One round trip for each 500 documents.
    func heads(of keys: [DocumentKey]) throws(MongoFailure) -> VersionPage {
        var heads = VersionPage()
        for start in stride(from: 0, to: keys.count, by: 500) {
            let firsts = keys[start..<min(start + 500, keys.count)].map { BSONValue.versionIdentity($0, 1) }
            heads.append(
                contentsOf: try versions(
                    [["$match": ["_id": ["$in": .array(firsts)]]]] + Self.headOfEach(includesDeleted: true)))
        }
        return heads
    }

    private func versions(
        _ pipeline: [BSONValue], _ options: BSONFields = [:], maximumBytes: Int = .max
    ) throws(MongoFailure) -> VersionPage {
        var bound = ContentBound(maximumBytes)
        return VersionPage(
            try aggregate(in: .versions, pipeline, options, until: { bound.isReached(by: $0) }) {
                row throws(MongoFailure) in StoredVersion.reading(row)
            })
    }

    /// Replaces each version 1 by the newest version of its document: the first one going down from the end of the
    /// document's range. It is one at least, so nothing of another document is met.
    private static func headOfEach(includesDeleted: Bool, hasContents: Bool = true) -> [BSONValue] {
        var newest: [BSONValue] = [
            ["$match": ["$expr": ["$lte": ["$_id", "$$last"]]]], ["$sort": ["_id": -1]], ["$limit": 1],
        ]
        if !includesDeleted {
            newest.append(["$match": ["change_type": ["$ne": .string(ChangeType.deleted.rawValue)]]])
        }
        if !hasContents { newest.append(["$project": ["config_data": 0]]) }
        return [
            ["$project": ["_id": 1]],
            [
                "$lookup": [
                    "from": "versions",
                    "let": ["last": ["s": "$_id.s", "e": "$_id.e", "v": .int64(.max)]],
                    "pipeline": .array(newest),
                    "as": "head",
                ]
            ],
            ["$unwind": "$head"],
            ["$replaceRoot": ["newRoot": "$head"]],
        ]
    }
}
