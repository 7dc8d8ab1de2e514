import ConfigModel
import Synchronization

/// One watcher's view: the newest head of each document that changed since the watcher last looked.
///
/// A watcher that takes nothing costs no more than one entry for each changed document; the heads themselves are shared.
package final class Watch: Sendable {
    private struct State {
        var items = PendingItems()
        var epoch: Epoch?
        var provenAt = ContinuousClock.now
        var damaged: [DamagedVersion] = []
        var isLoaded = false
        var isClosed = false

        /// Nothing is said before the heads have been read, so that the newest of both is said once.
        var isReady: Bool { isClosed || (isLoaded && !items.isEmpty) }

        mutating func popFirst() -> WatchItem? { isLoaded ? items.popFirst() : nil }
    }

    package let filter: WatchFilter
    let executor: WatchExecutor
    private let onReady: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameter onReady: called by the executor whenever there is something to take, or the watch is over, and there was
    ///   nothing before.
    init(filter: WatchFilter, executor: WatchExecutor, onReady: @escaping @Sendable () -> Void) {
        self.filter = filter
        self.executor = executor
        self.onReady = onReady
    }

    /// The next item if there is one, without waiting, in the order in which documents changed first.
    ///
    /// `onReady` is called again only after everything has been taken.
    package func popFirst() -> WatchItem? { state.withLock { $0.popFirst() } }

    /// False when the watch is over and everything was taken.
    package var isOpen: Bool { state.withLock { !$0.isClosed || ($0.isLoaded && !$0.items.isEmpty) } }

    /// How long ago a read of the store began that showed that nothing is missing here.
    package var proofAge: Duration { ContinuousClock.now - state.withLock { $0.provenAt } }

    /// The damaged heads of documents that match: they were left out, and nothing is proven about their documents.
    package var damaged: [DamagedVersion] { state.withLock { $0.damaged } }

    /// Takes heads that are news; called by the executor.
    func offer(_ heads: [HeadSnapshot]) {
        update { state in for snapshot in heads { state.items.offer(snapshot) } }
    }

    /// Takes the heads that a read showed, except those that the watcher knows, and says `synced` behind them.
    func load(
        _ heads: [HeadSnapshot], damaged: [DamagedVersion] = [], known: [DocumentKey: Int64], epoch: Epoch,
        provenAt: ContinuousClock.Instant
    ) {
        updateLater { state in
            if let loaded = state.epoch, loaded.number > epoch.number { return }
            state.items.forget { $0.epoch != epoch || known[$0.key] == $0.record.version }
            for snapshot in heads where known[snapshot.key] != snapshot.record.version { state.items.offer(snapshot) }
            state.items.synced(epoch, count: heads.count)
            state.epoch = epoch
            state.provenAt = provenAt
            state.damaged = damaged
            state.isLoaded = true
        }
    }

    /// Notes that a read of the store, which began at this moment, was passed on, and what it could not read.
    func prove(at moment: ContinuousClock.Instant, except damaged: [DamagedVersion]) {
        state.withLock { state in
            state.provenAt = max(state.provenAt, moment)
            state.damaged = damaged
        }
    }

    /// Notes that the epoch that was loaded is gone, whatever the number of the one to come.
    func forgetEpoch() { updateLater { $0.epoch = nil } }

    /// Ends the watch.
    func close() { updateLater { $0.isClosed = true } }

    /// In turn with what is offered.
    private func updateLater(_ change: @escaping @Sendable (inout State) -> Void) {
        executor.execute { [self] in update(change) }
    }

    private func update(_ change: (inout State) -> Void) {
        let becameReady = state.withLock { state in
            let wasReady = state.isReady
            change(&state)
            return !wasReady && state.isReady
        }
        if becameReady { onReady() }
    }
}
