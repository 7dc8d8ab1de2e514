import AsyncSupport
import ConfigModel
import ConfigStore

/// Announces new versions at once: up to a window of them unconfirmed, those of one document in order.
///
/// It never holds up a write and never fails one. What it cannot take or announce is left to the sweeper. Whoever offers a
/// version hands it to the bus itself, and whoever brings a confirmation the next one: no task in between is woken for it.
final class Relay: Sendable {
    private let queue: RelayQueue
    private let marks: MarkBatch
    private let announcer: Announcer
    private let isDone = WakeSignal()
    private let counters: Counters<RegistryCounters>

    init(store: any VersionStore, announcer: Announcer, options: RegistryOptions, counters: Counters<RegistryCounters>)
    {
        let queue = RelayQueue(capacity: options.relayCapacity, window: options.relayWindow)
        self.queue = queue
        self.announcer = announcer
        self.counters = counters
        marks = MarkBatch(store: store, delay: options.markDelay) { queue.release($0) }
    }

    func offer(_ snapshot: HeadSnapshot) {
        guard queue.offer(snapshot) else { return counters.count { $0.relayOverflows += 1 } }
        announce()
    }

    /// Whether a version is on its way here, from being offered to being marked.
    func holds(_ version: VersionIdentity) -> Bool { queue.holds(version) }

    /// How many versions are on their way, and since when the oldest.
    var load: (count: Int, oldest: ContinuousClock.Instant?) { queue.load }

    /// Takes no more work; `run` returns when all is announced and marked.
    func close() {
        queue.close()
        isDone.signal()
    }

    /// Marks what was announced, until closed or cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.marks.run() }
            while !queue.isDone, !Task.isCancelled { await isDone.wait() }
            marks.close()
        }
    }

    /// Hands out what may go now. One thread at a time does; it also takes what others bring meanwhile, so that a bus which
    /// answers at once makes this no recursion.
    private func announce() {
        guard queue.beginHandingOut() else { return }
        while let snapshot = queue.next() {
            announcer.submit(snapshot) { isConfirmed in self.finish(snapshot, isConfirmed: isConfirmed) }
        }
    }

    private func finish(_ snapshot: HeadSnapshot, isConfirmed: Bool) {
        // What was not confirmed is counted by the announcer; the sweeper finds it in the store.
        if isConfirmed { marks.add(snapshot.identity) }
        queue.finish(snapshot, isConfirmed: isConfirmed)
        announce()
        if queue.isDone { isDone.signal() }
    }
}
