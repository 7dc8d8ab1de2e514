import Synchronization

/// Where an audit counts.
final class AuditTally: Sendable {
    private let state = Mutex(AuditCounters())

    var counters: AuditCounters { state.withLock { $0 } }

    func count(_ change: (inout AuditCounters) -> Void) { state.withLock { change(&$0) } }
}
