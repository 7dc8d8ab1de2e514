package import ConfigModel

/// P7: exactly one entry per change, in version order, with what was and what is, each chained to the one before.
package enum AuditCheck {
    /// - Parameters:
    ///   - entries: all entries about one document, in the log's order.
    ///   - history: all its versions.
    package static func violations(of entries: [AuditEntry], for history: [VersionRecord]) -> [String] {
        let records = history.sorted { $0.version < $1.version }
        var violations: [String] = []
        if entries.map(\.version) != records.map(\.version) {
            violations.append("the entries are about versions \(entries.map(\.version)), not 1 to \(records.count)")
        }
        let stored = Dictionary(records.map { ($0.version, $0) }) { first, _ in first }
        for entry in entries {
            guard let record = stored[entry.version] else {
                violations.append("version \(entry.version) is audited and not stored")
                continue
            }
            if entry.recordHash != record.recordHash || entry.contentHash != record.content.hash
                || entry.changeID != record.changeID || entry.createdBy != record.createdBy
                || entry.comment != record.comment || entry.changeType != record.changeType.rawValue
            {
                violations.append("the entry of version \(entry.version) tells another change than the stored one")
            }
            if entry.newValue != value(of: record) {
                violations.append("the entry of version \(entry.version) has another new value: \(entry.newValue)")
            }
            if entry.oldValue != stored[entry.version - 1].map(value) ?? .null {
                violations.append("the entry of version \(entry.version) has another old value: \(entry.oldValue)")
            }
        }
        return violations
    }

    /// Over a whole log: each entry names the one before.
    package static func brokenLinks(in log: [AuditEntry]) -> [String] {
        zip(log, log.dropFirst()).filter { $1.previousEntryHash != $0.entryHash }.map {
            "the entry of \($1.key) version \($1.version) is not chained to the one of \($0.key) version \($0.version)"
        }
    }

    /// What an entry tells of a version; a deleted document has no value.
    private static func value(of record: VersionRecord) -> JSONValue {
        guard !record.isTombstone, let object = try? record.content.object else { return .null }
        return .object(object)
    }
}
