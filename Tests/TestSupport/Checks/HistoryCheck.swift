package import ConfigModel

/// P2: the versions of a document are 1, 2, 3 ... without a gap, each chained to the one before.
package enum HistoryCheck {
    /// - Parameter history: all versions of one document in any order.
    /// - Returns: a sentence for each violation.
    package static func violations(in history: [VersionRecord]) -> [String] {
        let records = history.sorted { $0.version < $1.version }
        var violations: [String] = []
        if records.map(\.version) != Array(1..<Int64(records.count) + 1) {
            violations.append("the versions are \(records.map(\.version)), not 1 to \(records.count)")
        }
        for (previous, next) in zip(records, records.dropFirst()) {
            if next.previousHash != previous.recordHash {
                violations.append("version \(next.version) is not chained to version \(previous.version)")
            }
            if next.createdAt < previous.createdAt {
                violations.append("version \(next.version) is older than version \(previous.version)")
            }
        }
        for (changeID, records) in Dictionary(grouping: records, by: \.changeID) where records.count > 1 {
            violations.append("the change \(changeID) became versions \(records.map(\.version))")
        }
        return violations
    }
}
