import ConfigModel
import TestSupport

/// Histories for the tests of the checkers.
enum SampleHistory {
    /// Versions 1 to `count` of one document.
    static func versions(
        _ count: Int64, author: String = "ann", deleted: Int64? = nil, changeID: (Int64) -> String = { "change-\($0)" }
    ) throws -> [VersionRecord] {
        let key = try DocumentKey(service: "parsing", environment: "prod")
        var versions: [VersionRecord] = []
        for version in 1...count {
            var object = JSONObject()
            object["n"] = .number(JSONNumber(version))
            versions.append(
                VersionRecord(
                    key: key, version: version,
                    changeType: version == 1 ? .created : version == deleted ? .deleted : .updated,
                    content: version == deleted ? .empty : Content(object), previousHash: versions.last?.recordHash,
                    epoch: Epoch(number: 1, identifier: "00000000-0000-4000-8000-000000000000"),
                    changeID: changeID(version), createdAt: Timestamp(milliseconds: version), createdBy: author,
                    comment: ""))
        }
        return versions
    }

    /// The write that made a version.
    static func operation(
        _ record: VersionRecord, _ outcome: WriteOperation.Outcome? = nil, contentHash: String? = nil,
        expected: Int64? = nil, began: ContinuousClock.Instant = .now, ended: ContinuousClock.Instant? = nil
    ) -> WriteOperation {
        WriteOperation(
            key: record.key, changeID: record.changeID, contentHash: contentHash ?? record.content.hash,
            expected: expected, began: began, ended: ended ?? began + .seconds(60),
            outcome: outcome ?? .acknowledged(version: record.version))
    }

    /// What a watcher prints when it takes a version over.
    static func line(_ record: VersionRecord, _ outcome: String? = nil, hash: String? = nil) -> WatchLine {
        WatchLine(
            key: record.key, version: record.version, outcome: outcome ?? (record.isTombstone ? "deleted" : "applied"),
            contentHash: hash ?? record.content.hash)
    }
}
