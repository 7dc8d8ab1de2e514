import AsyncSupport
import ConfigModel
import ConfigStore

/// Waits for a head to come.
struct HeadWaiter: Sendable {
    let reader: HeadReader
    let hub: WatchHub

    /// The head as soon as it is the one wanted, or as it is when the time is over.
    ///
    /// - Parameter isWorthWaiting: called once, with the head at the beginning.
    func head(
        of key: DocumentKey, within time: Duration, isWanted: (HeadSnapshot?) -> Bool,
        isWorthWaiting: (HeadSnapshot?) -> Bool = { _ in true }
    ) async throws(StoreError) -> HeadSnapshot? {
        let deadline = ContinuousClock.now + time
        // Watching first and reading second, so that nothing comes in between.
        let filter = WatchFilter(services: [key.service], environment: key.environment)
        let wake = WakeSignal()
        let watch = Watch(filter: filter, executor: .immediate, onReady: wake.signal)
        hub.add(watch)
        defer { hub.remove(watch) }
        watch.load([], known: [:], epoch: reader.cache.epoch, provenAt: .now)
        let first = try await reader.fresh(key)
        if isWanted(first) || !isWorthWaiting(first) { return first }
        let timer = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            watch.close()
        }
        defer { timer.cancel() }
        while watch.isOpen, !Task.isCancelled {
            while let item = watch.popFirst() {
                if case .change(let snapshot) = item, isWanted(snapshot) { return snapshot }
            }
            await wake.wait()
        }
        // Its event may have been lost.
        return try await reader.fresh(key)
    }
}
