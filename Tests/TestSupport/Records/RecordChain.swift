package import ConfigModel

/// The whole history of one document, with true hashes.
package struct RecordChain: Sendable {
    package static let firstEpoch = VersionChain.epoch

    package let key: DocumentKey
    /// In version order.
    package private(set) var records: [VersionRecord] = []

    /// A history with these contents, canonical JSON; nil deletes.
    package init(_ key: DocumentKey, _ contents: [String?], epoch: Epoch = RecordChain.firstEpoch) {
        self.key = key
        for content in contents { append(content, epoch: epoch) }
    }

    /// Adds the next version; nil deletes.
    @discardableResult
    package mutating func append(_ json: String?, epoch: Epoch = RecordChain.firstEpoch) -> VersionRecord {
        let version = records.count + 1
        let record = VersionChain(key, epoch: epoch, after: records.last).following(
            json ?? "{}", changeType: json == nil ? .deleted : nil, changeID: "change-\(version)",
            comment: "version \(version)")
        records.append(record)
        return record
    }
}
