import ConfigModel

/// Goes through a log line by line and checks that each follows from the ones before.
struct AuditScan {
    /// What a line was.
    enum Item {
        case entry(AuditEntry)
        case unreadable(UnreadableVersion)
        case pruned(PrunedVersions)
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
            guard object["change_type"] == nil else { return .entry(try takeEntry(object, line)) }
            if object[UnreadableVersion.member] != nil { return .unreadable(try takeUnreadable(object, line)) }
            if object[PrunedVersions.member] != nil { return .pruned(try takePruned(object, line)) }
            return .entry(try takeEntry(object, line))
        }
        return .checkpoint(try takeCheckpoint(object))
    }

    private mutating func takeEntry(_ object: JSONObject, _ bytes: [UInt8]) throws(AuditFault) -> AuditEntry {
        let entry = try takeLink(object, bytes, "an entry") { json in try AuditEntry(json: json) }
        try checkOrder(of: entry)
        index.insert(entry.record)
        return entry
    }

    private mutating func takeUnreadable(
        _ object: JSONObject, _ bytes: [UInt8]
    ) throws(AuditFault) -> UnreadableVersion {
        let version = try takeLink(object, bytes, "a line about a damaged version") { json in
            try UnreadableVersion(json: json)
        }
        guard !index[version.key].contains(version.version, in: version.epoch) else {
            throw fault("It records version \(version.version) of \(version.key) again.")
        }
        index.insert(version)
        return version
    }

    private mutating func takePruned(_ object: JSONObject, _ bytes: [UInt8]) throws(AuditFault) -> PrunedVersions {
        let versions = try takeLink(object, bytes, "a line about versions that were not kept") { json in
            try PrunedVersions(json: json)
        }
        guard !index[versions.key].contains(versions.numbers.lowerBound, in: versions.epoch) else {
            throw fault("It says that versions of \(versions.key) are missing which the log has lines of.")
        }
        index.insert(versions)
        return versions
    }

    /// Reads a line of the chain, which hangs on the one before.
    ///
    /// - Parameter name: what it is, in words.
    private mutating func takeLink<Line>(
        _ object: JSONObject, _ bytes: [UInt8], _ name: String, _ read: (JSONObject) throws -> Line
    ) throws(AuditFault) -> Line {
        guard let hash = AuditLine.provenHash(of: bytes) else {
            throw fault("Its entry_hash does not follow from its bytes: the line was changed.")
        }
        let line: Line
        let previousEntryHash: String?
        do {
            line = try read(object)
            previousEntryHash = try object.optionalString("previous_entry_hash")
        } catch {
            throw fault("It is not \(name). \((error as? AuditEntryError)?.reason ?? "\(error)")")
        }
        guard previousEntryHash == lastHash else {
            throw fault(
                "Its previous_entry_hash is not the hash of the entry before: something was changed, removed or inserted here."
            )
        }
        lastHash = hash
        entries += 1
        return line
    }

    /// Versions of a document rise without a gap inside an epoch, each hanging on the one before.
    private func checkOrder(of entry: AuditEntry) throws(AuditFault) {
        let record = entry.record
        let last = index[record.key].last(in: record.epoch)
        if let last, record.version <= last.version {
            throw fault("It records version \(record.version) of \(record.key) after version \(last.version).")
        }
        guard !index[record.key].contains(record.version, in: record.epoch) else {
            throw fault("It records version \(record.version) of \(record.key), which a line before it calls missing.")
        }
        guard let last else { return }
        guard entry.chain == .whole else { return }
        guard record.version == last.version + 1 else {
            throw fault("It records version \(record.version) of \(record.key), but the last one is \(last.version).")
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
