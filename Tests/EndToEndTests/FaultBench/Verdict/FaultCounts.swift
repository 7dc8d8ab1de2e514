import ConfigModel
import TestSupport

/// What was counted in a scenario.
struct FaultCounts: Sendable {
    /// Changes that their writers were told a version for.
    let acknowledged: Int
    /// Changes whose outcome was unknown until they were asked for again.
    let resolved: Int
    /// Changes that were refused, almost all for an outdated version.
    let refused: Int
    /// Acknowledged changes that are not stored.
    let lost: Int
    /// Changes stored, audited or applied more than once.
    let duplicated: Int
    /// Announcements that said again what had been said; harmless.
    let repeated: Int
    /// Versions announced more than a second after they were acknowledged.
    let late: Int
    /// The longest time from an acknowledgement to the announcement.
    let longestDelay: Duration

    /// The longest that a writer waited for its acknowledgement, all its attempts together.
    let longestWrite: Duration

    init(_ evidence: FaultEvidence) {
        let operations = evidence.documents.flatMap(\.operations)
        let history = evidence.documents.flatMap(\.history)
        let acknowledgements = operations.filter { $0.version != nil }
        acknowledged = acknowledgements.count
        resolved = evidence.world.load.resolved
        refused = operations.count { operation in
            switch operation.outcome {
            case .refused, .outdated: true
            case .acknowledged, .unknown: false
            }
        }
        let stored = Set(history.map(\.changeID))
        lost = acknowledgements.count { !stored.contains($0.changeID) }
        let audited = Set(evidence.log.map { "\($0.key) \($0.version)" })
        duplicated =
            history.count - stored.count + evidence.log.count - audited.count + Self.appliedTwice(evidence)
        let announcements = evidence.documents.flatMap(\.announcements)
        let firsts = Dictionary(announcements.map { ($0.event.changeID, $0.heardAt) }) { min($0, $1) }
        repeated = announcements.count - firsts.count
        let delays = acknowledgements.compactMap { operation in
            firsts[operation.changeID].map { max(.zero, $0 - operation.ended) }
        }
        late = delays.count { $0 > .seconds(1) }
        longestDelay = delays.max() ?? .zero
        longestWrite = acknowledgements.map { $0.ended - $0.began }.max() ?? .zero
    }

    /// Versions that one run of a watcher took over again.
    private static func appliedTwice(_ evidence: FaultEvidence) -> Int {
        evidence.documents.map(\.key).reduce(0) { sum, key in
            FaultWatcher.allCases.flatMap { evidence.world.runs(of: $0) }.reduce(sum) { sum, run in
                let applied = (try? run.applied(key)) ?? []
                return sum + applied.count - Set(applied).count
            }
        }
    }
}
