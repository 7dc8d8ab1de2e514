import AsyncSupport
import ConfigModel
import ConfigStore
import EventBus

/// Announces new versions at once: up to a window of them unconfirmed, those of one document in order.
///
/// It never holds up a write and never fails one. What it cannot take or announce is left to the sweeper.
final class Relay: Sendable {
    private let queue: RelayQueue
    private let marks: MarkBatch
    private let announcer: Announcer
    private let counters: Counters<RegistryCounters>

    init(store: any VersionStore, announcer: Announcer, options: RegistryOptions, counters: Counters<RegistryCounters>)
    {
        let queue = RelayQueue(capacity: options.relayCapacity, window: options.relayWindow)
        self.queue = queue
        self.announcer = announcer
        self.counters = counters
        marks = MarkBatch(store: store, delay: options.markDelay) { queue.release($0) }
    }

    /// Takes a stored version, without waiting.
    func offer(_ snapshot: HeadSnapshot) {
        if !queue.offer(snapshot) { counters.count { $0.announcing.relayOverflows += 1 } }
    }

    /// Whether a version is on its way here, from being offered to being marked.
    func holds(_ version: VersionIdentity) -> Bool { queue.holds(version) }

    /// How many versions are on their way, and since when the oldest.
    var load: (count: Int, oldest: ContinuousClock.Instant?) { queue.load }

    /// Takes no more work; `run` returns when all is announced and marked.
    func close() { queue.close() }

    /// Announces and marks, until closed or cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.marks.run() }
            await announceAll()
            marks.close()
        }
    }

    private func announceAll() async {
        await withDiscardingTaskGroup { group in
            while let snapshot = await queue.next() {
                group.addTask { await self.announce(snapshot) }
            }
        }
    }

    private func announce(_ snapshot: HeadSnapshot) async {
        do throws(BusError) {
            try await announcer.announce(snapshot)
            marks.add(snapshot.identity)
            queue.finish(snapshot, isConfirmed: true)
        } catch {
            // The announcer has counted it; the sweeper finds it in the store.
            queue.finish(snapshot, isConfirmed: false)
        }
    }
}
