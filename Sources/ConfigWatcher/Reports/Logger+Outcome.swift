import Logging
import WatcherCore

extension Logger {
    /// One line for what became of a version: a warning when it does not run, or when what runs is not proven.
    func log(_ outcome: Outcome) {
        let isGood = outcome.kind == .applied && outcome.reason == nil && outcome.warnings.isEmpty
        let level: Level = isGood ? .info : outcome.kind == .rolledBack ? .notice : .warning
        guard level >= logLevel else { return }
        var metadata: Metadata = [
            WatcherLogKey.document: "\(outcome.key)", WatcherLogKey.version: "\(outcome.version)",
            WatcherLogKey.outcome: "\(outcome.kind.rawValue)",
        ]
        if let reason = outcome.reason { metadata[WatcherLogKey.error] = "\(reason)" }
        if !outcome.warnings.isEmpty { metadata[WatcherLogKey.warnings] = "\(outcome.warnings.joined(separator: " "))" }
        log(level: level, Self.message(outcome.kind), metadata: metadata)
    }

    private static func message(_ kind: Outcome.Kind) -> Message {
        switch kind {
        case .applied: "a version was applied"
        case .rejected: "a version was rejected; what ran before runs on"
        case .rolledBack: "an earlier version was applied again"
        case .deleted: "the document was deleted"
        }
    }
}
