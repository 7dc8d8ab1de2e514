import Logging
import WatcherCore

extension Logger {
    /// One line for what became of a version: a warning when it does not run, or when what runs is not proven.
    ///
    /// - Parameter isRunning: some version runs.
    func log(_ outcome: Outcome, isRunning: Bool) {
        let isGood = outcome.kind == .applied && outcome.reason == nil && outcome.warnings.isEmpty
        let level: Level = isGood ? .info : outcome.kind == .rolledBack ? .notice : .warning
        guard level >= logLevel else { return }
        var metadata: Metadata = [
            WatcherLogKey.document: "\(outcome.key)", WatcherLogKey.version: "\(outcome.version)",
            WatcherLogKey.outcome: "\(outcome.kind.rawValue)",
        ]
        if let reason = outcome.reason { metadata[WatcherLogKey.error] = "\(reason)" }
        if !outcome.warnings.isEmpty { metadata[WatcherLogKey.warnings] = "\(outcome.warnings.joined(separator: " "))" }
        log(level: level, Self.message(outcome.kind, isRunning: isRunning), metadata: metadata)
    }

    private static func message(_ kind: Outcome.Kind, isRunning: Bool) -> Message {
        switch kind {
        case .applied: "a version was applied"
        case .rejected where isRunning: "a version was rejected; what ran before runs on"
        case .rejected: "a version was rejected; nothing runs until there is one that is not"
        case .rolledBack: "an earlier version was applied again"
        case .deleted: "the document was deleted"
        }
    }
}
