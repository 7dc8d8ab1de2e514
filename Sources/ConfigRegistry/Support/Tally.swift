import Synchronization

/// Counts what happens.
final class Tally: Sendable {
    private let counters = Mutex(RegistryCounters())

    var value: RegistryCounters { counters.withLock { $0 } }

    func count(_ change: (inout RegistryCounters) -> Void) { counters.withLock { change(&$0) } }
}
