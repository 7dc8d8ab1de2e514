package import ConfigModel

/// Versions that the registry let go before the log had them: what the log says of them, in one line instead of entries.
package struct PrunedVersions: Sendable, Equatable {
    /// The document.
    package let key: DocumentKey
    /// The first and the last of them.
    package let numbers: ClosedRange<Int64>
    /// The epoch of the version behind them.
    package let epoch: Epoch

    /// Names the versions.
    package init(key: DocumentKey, numbers: ClosedRange<Int64>, epoch: Epoch) {
        self.key = key
        self.numbers = numbers
        self.epoch = epoch
    }
}

extension PrunedVersions {
    /// The member that distinguishes its line from an entry.
    static let member = "gap"

    /// Reads the object of a line.
    init(json line: JSONObject) throws(AuditEntryError) {
        do {
            let gap = try line.object(Self.member)
            let (from, to) = (try gap.int64("from"), try gap.int64("to"))
            guard from >= 1, from <= to else { throw AuditEntryError(reason: "gap is no range of versions") }
            guard let epoch = Epoch(parsing: try line.string("epoch")) else {
                throw AuditEntryError(reason: "epoch is not <number>-<uuid>")
            }
            self.init(
                key: try DocumentKey(
                    storedService: line.string("service_name"), environment: line.string("environment")),
                numbers: from...to, epoch: epoch)
        } catch let error as AuditEntryError {
            throw error
        } catch {
            throw AuditEntryError(reason: "\(error)")
        }
    }

    /// The line without its hash.
    func body(recordedAt: Timestamp, previousEntryHash: String?) -> [UInt8] {
        var writer = JSONWriter(capacity: 512)
        writer.object { line in
            line.member("recorded_at", recordedAt.description)
            line.member("service_name", key.service)
            line.member("environment", key.environment)
            line.member("epoch", epoch.description)
            line.object(Self.member) { gap in
                gap.member("from", numbers.lowerBound)
                gap.member("to", numbers.upperBound)
            }
            line.member("previous_entry_hash", previousEntryHash.map { JSONValue.string($0) } ?? .null)
        }
        return writer.bytes
    }
}
