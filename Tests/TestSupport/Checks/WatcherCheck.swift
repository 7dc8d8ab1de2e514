package import ConfigModel

/// P4, P5, P6: a watcher applies only what was published, strictly upwards, and ends on the head.
package enum WatcherCheck {
    /// - Parameters:
    ///   - lines: what one run of a watcher reported about one document, in its order.
    ///   - history: all its versions.
    ///   - isOver: the faults have stopped and there was time to catch up.
    package static func violations(of lines: [WatchLine], for history: [VersionRecord], isOver: Bool = true) -> [String]
    {
        let stored = Dictionary(history.map { ($0.version, $0) }) { first, _ in first }
        let accepted = lines.filter { $0.outcome == "applied" || $0.outcome == "deleted" }
        var violations: [String] = []
        for (previous, next) in zip(accepted, accepted.dropFirst()) where next.version <= previous.version {
            violations.append("version \(next.version) was \(next.outcome) after version \(previous.version)")
        }
        for line in accepted {
            guard let record = stored[line.version] else {
                violations.append("version \(line.version) was \(line.outcome) and is not stored")
                continue
            }
            if line.outcome == "applied", line.contentHash != record.content.hash {
                violations.append("version \(line.version) was applied with another content")
            }
            if record.isTombstone != (line.outcome == "deleted") {
                violations.append("version \(line.version) is '\(record.changeType.rawValue)' and was \(line.outcome)")
            }
        }
        let head = history.map(\.version).max()
        if isOver, accepted.last?.version != head {
            violations.append(
                "the watcher ended on version \(accepted.last?.version ?? 0), the head is version \(head ?? 0)")
        }
        return violations
    }
}
