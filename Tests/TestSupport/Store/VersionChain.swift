package import ConfigModel

/// Makes the records of one document's history, each chained to the one before, as a registry does.
package struct VersionChain: Sendable {
    package let key: DocumentKey
    package let epoch: Epoch
    package private(set) var last: VersionRecord?

    package init(_ key: DocumentKey, epoch: Epoch = VersionChain.epoch, after last: VersionRecord? = nil) {
        self.key = key
        self.epoch = epoch
        self.last = last
    }

    package init(_ name: String, epoch: Epoch = VersionChain.epoch) throws {
        self.init(try DocumentKey(parsing: name), epoch: epoch)
    }

    /// The epoch of records that need no particular one.
    package static let epoch = Epoch(number: 1, identifier: "6f1e0c52-6d2f-4f43-9f0b-0a8d3a3a6f01")

    /// The record that comes next, which the chain is at from now on.
    package mutating func next(
        _ json: String = "{}", changeType: ChangeType? = nil, changeID: String? = nil, comment: String = ""
    ) -> VersionRecord {
        let record = following(json, changeType: changeType, changeID: changeID, comment: comment)
        last = record
        return record
    }

    /// A record that could come next.
    package func following(
        _ json: String = "{}", changeType: ChangeType? = nil, changeID: String? = nil, comment: String = "",
        changeSet: ChangeSet? = nil
    ) -> VersionRecord {
        let isRevival = last?.isTombstone ?? true
        return VersionRecord(
            key: key, version: (last?.version ?? 0) + 1, changeType: changeType ?? (isRevival ? .created : .updated),
            content: Content(canonical: Array(json.utf8)), previousHash: last?.recordHash, epoch: epoch,
            changeID: changeID ?? UUIDText.random(), changeSet: changeSet,
            createdAt: Timestamp(milliseconds: 1_790_000_000_123),
            createdBy: "tester", comment: comment)
    }

    /// The same chain behind a record.
    package func after(_ record: VersionRecord) -> VersionChain { VersionChain(key, epoch: epoch, after: record) }

    /// A tombstone that comes next.
    package mutating func tombstone() -> VersionRecord { next(changeType: .deleted) }
}
