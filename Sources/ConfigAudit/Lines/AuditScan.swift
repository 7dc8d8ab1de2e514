import ConfigModel

/// Goes through a log line by line and checks that each follows from the ones before.
struct AuditScan {
    /// What a line was.
    enum Item {
        case entry(AuditEntry)
        case checkpoint(AuditCheckpoint)
    }

    /// Lines until now.
    private(set) var lines = 0
    /// Entries among them.
    private(set) var entries = 0
    /// The hash of the last entry.
    private(set) var lastHash: String?
    /// The count of the last checkpoint.
    private(set) var checkpointed = 0
    private(set) var index = AuditIndex()

    /// Takes the next line, without its line feed.
    mutating func take(_ line: [UInt8]) throws(AuditFault) -> Item {
        lines += 1
        let value: JSONValue
        do {
            value = try JSONValue(parsing: line)
        } catch {
            throw fault("It is not JSON. \(error)")
        }
        guard case .object(let object) = value else { throw fault("It is not a JSON object.") }
        guard object["service_name"] == nil, object["count"] != nil else {
            return .entry(try takeEntry(object, line))
        }
        return .checkpoint(try takeCheckpoint(object))
    }

    private mutating func takeEntry(_ object: JSONObject, _ line: [UInt8]) throws(AuditFault) -> AuditEntry {
        guard let hash = AuditLine.provenHash(of: line) else {
            throw fault("Its entry_hash does not follow from its bytes: the line was changed.")
        }
        let entry: AuditEntry
        do {
            entry = try AuditEntry(json: object)
        } catch {
            throw fault("It is not an entry. \(error.reason)")
        }
        guard entry.previousEntryHash == lastHash else {
            throw fault(
                "Its previous_entry_hash is not the hash of the entry before: something was changed, removed or inserted here."
            )
        }
        try checkOrder(of: entry)
        index.insert(entry.record)
        lastHash = hash
        entries += 1
        return entry
    }

    /// Versions of a document rise without a gap inside an epoch, each hanging on the one before.
    private func checkOrder(of entry: AuditEntry) throws(AuditFault) {
        let record = entry.record
        guard let last = index[record.key].last(in: record.epoch) else { return }
        guard record.version > last.version else {
            throw fault("It tells version \(record.version) of \(record.key) after version \(last.version).")
        }
        guard entry.chain == .whole else { return }
        guard record.version == last.version + 1 else {
            throw fault("It tells version \(record.version) of \(record.key), but the last one is \(last.version).")
        }
        guard record.previousHash == last.recordHash else {
            throw fault("Its previous_hash is not the record_hash of version \(last.version) of \(record.key).")
        }
    }

    private mutating func takeCheckpoint(_ object: JSONObject) throws(AuditFault) -> AuditCheckpoint {
        let checkpoint: AuditCheckpoint
        do {
            checkpoint = try AuditCheckpoint(json: object)
        } catch {
            throw fault("It is neither an entry nor a checkpoint. \(error)")
        }
        guard checkpoint.count == entries, checkpoint.entryHash == lastHash else {
            throw fault(
                "The checkpoint is for \(checkpoint.count) entries that end in another one: entries before it were changed, "
                    + "removed or inserted.")
        }
        checkpointed = checkpoint.count
        return checkpoint
    }

    private func fault(_ reason: String) -> AuditFault { AuditFault(line: lines, reason) }
}
