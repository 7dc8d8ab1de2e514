import ConfigModel

/// Announces new versions at once: up to a window of them unconfirmed, those of one document in order.
///
/// It never holds up a write and never fails one. What it cannot take or announce is left to the sweeper.
final class Relay: Sendable {
    private let queue: RelayQueue
    private let marks: MarkBatch
    private let announcer: Announcer
    private let window: Int
    private let tally: Tally

    init(store: any VersionStore, announcer: Announcer, options: RegistryOptions, tally: Tally) {
        let queue = RelayQueue(capacity: options.relayCapacity)
        self.queue = queue
        self.announcer = announcer
        self.tally = tally
        window = options.relayWindow
        marks = MarkBatch(store: store, delay: options.markDelay) { queue.release($0) }
    }

    func offer(_ snapshot: HeadSnapshot) {
        if !queue.offer(snapshot) { tally.count { $0.relayOverflows += 1 } }
    }

    /// Whether a version is on its way here, from being offered to being marked.
    func holds(_ version: VersionIdentity) -> Bool { queue.holds(version) }

    /// How many versions are on their way, and since when the oldest.
    var load: (count: Int, oldest: ContinuousClock.Instant?) { queue.load }

    /// Takes no more work; `run` returns when all is announced and marked.
    func close() { queue.close() }

    /// Announces until closed or cancelled.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.marks.run() }
            await withTaskGroup(of: Void.self) { workers in
                for worker in 0..<self.window { workers.addTask { await self.work(worker) } }
            }
            marks.close()
        }
    }

    private func work(_ worker: Int) async {
        while let snapshot = await queue.next(worker: worker) {
            do {
                try await announcer.announce(snapshot)
                marks.add(snapshot.identity)
                queue.finish(snapshot, isConfirmed: true)
            } catch {
                // Counted by the announcer; the sweeper finds it in the store.
                queue.finish(snapshot, isConfirmed: false)
            }
        }
    }
}
