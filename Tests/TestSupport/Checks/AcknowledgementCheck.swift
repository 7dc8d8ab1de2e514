package import ConfigModel

/// P1 and compare-and-set: what was acknowledged is stored as it was acknowledged, what was refused is not, and the
/// versions respect the order in which the writes really happened.
package enum AcknowledgementCheck {
    /// - Parameters:
    ///   - operations: all writes on one document.
    ///   - history: all its versions.
    package static func violations(of operations: [WriteOperation], in history: [VersionRecord]) -> [String] {
        let stored = Dictionary(grouping: history, by: \.changeID)
        return operations.compactMap { violation(of: $0, stored[$0.changeID]?.first) } + disorder(of: operations)
    }

    private static func violation(of operation: WriteOperation, _ record: VersionRecord?) -> String? {
        switch (operation.outcome, record) {
        case (.acknowledged(let version), nil): return "version \(version) was acknowledged and is lost"
        case (.refused(let reason), let record?):
            return "version \(record.version) is stored although its writer was refused: \(reason)"
        case (.outdated(let current), let record?):
            return "version \(record.version) is stored although its writer was told to look at version \(current)"
        case (.refused, nil), (.outdated, nil), (.unknown, nil): return nil
        case (.acknowledged(let version), let record?) where record.version != version:
            return "version \(version) was acknowledged, the change is stored as version \(record.version)"
        case (_, let record?):
            if record.content.hash != operation.contentHash { return "version \(record.version) has another content" }
            if let expected = operation.expected, record.version != expected + 1 {
                return "version \(record.version) was made by a writer that demanded version \(expected)"
            }
            return nil
        }
    }

    /// A write that began after another one was acknowledged has a higher version.
    private static func disorder(of operations: [WriteOperation]) -> [String] {
        var violations: [String] = []
        var earliestEnd: (version: Int64, instant: ContinuousClock.Instant)?
        let acknowledged = operations.compactMap { operation in operation.version.map { ($0, operation) } }
        for (version, operation) in acknowledged.sorted(by: { $0.0 > $1.0 }) {
            if let later = earliestEnd, later.version > version, operation.began > later.instant {
                violations.append("version \(version) was begun after version \(later.version) was acknowledged")
            }
            if earliestEnd.map({ operation.ended < $0.instant }) ?? true { earliestEnd = (version, operation.ended) }
        }
        return violations
    }
}
