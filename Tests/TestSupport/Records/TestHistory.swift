package import ConfigModel
package import ConfigSignatures

/// A document's history as a registry would write it.
package struct TestHistory: Sendable {
    package static let firstEpoch = Epoch(number: 1, identifier: "6f3f43d0-0a3e-4b9d-9a77-3f5b63d1c001")
    package static let otherStore = Epoch(number: 1, identifier: "6f3f43d0-0a3e-4b9d-9a77-3f5b63d1c002")
    package static let secondEpoch = Epoch(number: 2, identifier: "6f3f43d0-0a3e-4b9d-9a77-3f5b63d1c003")

    package let key: DocumentKey
    package let epoch: Epoch
    package let signer: RecordSigner?
    package private(set) var records: [VersionRecord] = []

    package init(_ key: String = "parsing/prod", epoch: Epoch = firstEpoch, signer: RecordSigner? = nil) throws {
        self.key = try DocumentKey(parsing: key)
        self.epoch = epoch
        self.signer = signer
    }

    package var head: VersionRecord? { records.last }

    /// The signed statement that this history's epoch took the place of the first; nil for the first, and without a signer.
    package func statement(by other: RecordSigner? = nil) throws -> EpochStatement? {
        guard epoch != Self.firstEpoch, let signer = other ?? signer else { return nil }
        return try EpochStatement(
            epoch: epoch, previous: Self.firstEpoch, at: Timestamp(milliseconds: 1_790_000_000_000), reason: "test",
            signer: signer)
    }

    /// Publishes the next version.
    @discardableResult
    package mutating func publish(_ json: String) throws -> VersionRecord {
        try append(json, head.map { $0.isTombstone ? .created : .updated } ?? .created)
    }

    /// Deletes the document.
    @discardableResult
    package mutating func delete() throws -> VersionRecord { try append("{}", .deleted) }

    /// Publishes the next version of each document, all of them as one change set.
    @discardableResult
    package static func publishTogether(_ histories: inout [TestHistory], _ json: String) throws -> [VersionRecord] {
        let versions = histories.map { (key: $0.key, version: Int64($0.records.count + 1)) }
        let changeID = "together-" + versions.map { "\($0.version)" }.joined(separator: "-")
        let set = ChangeSet(epoch: histories[0].epoch, changeID: changeID, versions: versions)
        return try histories.indices.map {
            try histories[$0].append(json, histories[$0].head == nil ? .created : .updated, in: set, changeID)
        }
    }

    private mutating func append(
        _ json: String, _ type: ChangeType, in changeSet: ChangeSet? = nil, _ changeID: String? = nil
    ) throws -> VersionRecord {
        let version = Int64(records.count + 1)
        let unsigned = VersionRecord(
            key: key, version: version, changeType: type, content: try Content(parsing: Array(json.utf8)),
            previousHash: head?.recordHash, epoch: epoch, changeID: changeID ?? "change-\(version)",
            changeSet: changeSet, createdAt: Timestamp(milliseconds: 1_790_000_000_000 + version), createdBy: "test",
            comment: "")
        let record = try signer.map { unsigned.signed(try $0.sign(unsigned)) } ?? unsigned
        records.append(record)
        return record
    }
}

extension TestHistory {
    /// A history with these contents.
    package init(
        _ key: String = "parsing/prod", epoch: Epoch = firstEpoch, signer: RecordSigner? = nil, contents: [String]
    ) throws {
        try self.init(key, epoch: epoch, signer: signer)
        for content in contents { try publish(content) }
    }

    /// Versions 1 to `count` with the content `{"n":<version>}`.
    package static func numbered(
        _ count: Int, _ key: String = "parsing/prod", epoch: Epoch = firstEpoch, signer: RecordSigner? = nil
    ) throws -> TestHistory {
        try TestHistory(key, epoch: epoch, signer: signer, contents: (1...count).map { "{\"n\":\($0)}" })
    }

    /// A version by its number.
    package func version(_ number: Int) -> VersionRecord { records[number - 1] }

    /// The event of a version.
    package func event(_ number: Int, inlineLimit: Int = 65_536) -> ConfigEvent {
        ConfigEvent(version(number), inlineLimit: inlineLimit)
    }
}

extension VersionRecord {
    /// The same record without its signature.
    package var unsigned: VersionRecord { signed(nil) }

    /// The same record with another signature.
    package func signed(_ signature: RecordSignature?) -> VersionRecord {
        VersionRecord(
            stored: key, version: version, changeType: changeType, content: content, previousHash: previousHash,
            recordHash: recordHash, epoch: epoch, changeID: changeID, correlationID: correlationID,
            changeSet: changeSet, createdAt: createdAt, createdBy: createdBy, comment: comment,
            restoredFrom: restoredFrom, overrides: overrides, signature: signature)
    }
}
