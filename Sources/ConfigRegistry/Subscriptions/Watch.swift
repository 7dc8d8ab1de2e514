import ConfigModel
package import ConfigStore
import Synchronization

/// One watcher's view: the newest head of each document that changed since the watcher last looked.
///
/// A watcher that takes nothing costs no more than one entry for each changed document and a bounded amount of content, which
/// is shared. What does not fit is read again when it is next.
package final class Watch: Sendable {
    private struct State {
        var items: PendingItems
        var epoch: Epoch?
        var provenAt = ContinuousClock.now
        var damaged: [DamagedVersion] = []
        var isLoaded = false
        var isClosed = false
        /// What is owed is being read.
        var isReading = false

        /// Nothing is said before the heads have been read, so that the newest of both is said once.
        var isReady: Bool { isClosed || hasNext }
        var hasNext: Bool { isLoaded && items.isReady }
        /// There is more, which has to be read.
        var owes: Bool { isLoaded && !isClosed && !items.isEmpty && !items.isReady }

        mutating func popFirst() -> WatchItem? { isLoaded ? items.popFirst() : nil }

        /// True when what is owed is to be read. Not between two epochs, because what is owed is of neither.
        mutating func beginReading() -> Bool {
            guard owes, !isReading, epoch != nil else { return false }
            isReading = true
            return true
        }
    }

    /// Which documents it is about.
    package let filter: WatchFilter
    let executor: WatchExecutor
    /// Says which of the matching documents the watcher may see; nil for all of them.
    private let mayRead: (@Sendable (DocumentKey) -> Bool)?
    private let onReady: @Sendable () -> Void
    private let onOwing: @Sendable (Watch) -> Void
    /// How much content waits here at most.
    let maximumBytes: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - maximumBytes: how much content is to wait at most.
    ///   - mayRead: says which of the matching documents the watcher may see; nil for all of them. The others are neither
    ///     sent nor counted nor named.
    ///   - onReady: called by the executor whenever there is something to take, or the watch is over, and there was nothing
    ///     before.
    ///   - onOwing: called when heads have to be read and supplied before there is anything to take. It must not wait.
    init(
        filter: WatchFilter, executor: WatchExecutor, maximumBytes: Int = .max,
        mayRead: (@Sendable (DocumentKey) -> Bool)? = nil, onReady: @escaping @Sendable () -> Void,
        onOwing: @escaping @Sendable (Watch) -> Void = { _ in }
    ) {
        self.filter = filter
        self.executor = executor
        self.mayRead = mayRead
        self.onReady = onReady
        self.onOwing = onOwing
        self.maximumBytes = maximumBytes
        state = Mutex(State(items: PendingItems(maximumBytes: maximumBytes)))
    }

    /// The next item if there is one, without waiting, in the order in which documents changed first.
    ///
    /// `onReady` is called again only after everything has been taken.
    package func popFirst() -> WatchItem? {
        let (item, reads) = state.withLock { state in
            let item = state.popFirst()
            return (item, state.beginReading())
        }
        if reads { onOwing(self) }
        return item
    }

    /// False when the watch is over and everything that is here was taken.
    package var isOpen: Bool { state.withLock { !$0.isClosed || $0.hasNext } }

    /// True when there is nothing to take only because more is being read: no proof counts for what is still to come.
    package var owes: Bool { state.withLock { $0.owes } }

    /// How much content waits here.
    var heldBytes: Int { state.withLock { $0.items.heldBytes } }

    /// How long ago a read of the store began that showed that nothing is missing here.
    package var proofAge: Duration { ContinuousClock.now - state.withLock { $0.provenAt } }

    /// The damaged heads of documents that match: they were left out, and nothing is proven about their documents.
    package var damaged: [DamagedVersion] { state.withLock { $0.damaged } }

    /// Takes heads that are news; called by the executor.
    func offer(_ heads: [PendingHead]) {
        let heads = visible(heads)
        guard !heads.isEmpty else { return }
        update { state in for head in heads { state.items.offer(head) } }
    }

    /// Takes the heads that a read showed, except those that the watcher knows, and says `synced` behind them.
    func load(
        _ reading: FoundHeads, known: [DocumentKey: Int64], epoch: Epoch, provenAt: ContinuousClock.Instant
    ) {
        let (heads, damaged) = (visible(reading.heads), visible(reading.damaged))
        updateLater { state in
            if let loaded = state.epoch, loaded.number > epoch.number { return }
            state.items.forget { $0.position.epoch != epoch || known[$0.key] == $0.position.version }
            for head in heads where known[head.key] != head.position.version { state.items.offer(head) }
            state.items.synced(epoch, count: heads.count)
            state.epoch = epoch
            state.provenAt = provenAt
            state.damaged = damaged
            state.isLoaded = true
        }
    }

    /// The documents whose heads are to be read next, at most so many.
    func owed(atMost count: Int) -> [DocumentKey] { state.withLock { $0.items.owed(atMost: count) } }

    /// Takes what was read of the heads that are owed.
    ///
    /// - Parameter epoch: the epoch in which the read began. What was read in another one says nothing about these heads.
    func supply(_ reading: FoundHeads, for keys: [DocumentKey], epoch: Epoch) {
        let damaged = visible(reading.damaged)
        updateLater { state in
            state.isReading = false
            guard state.epoch == epoch else { return }
            state.items.supply(reading.heads, for: keys)
            state.damaged += damaged.filter { !state.damaged.contains($0) }
        }
    }

    /// Records that a read of the store, which began at this moment, was passed on, and what it could not read.
    func prove(at moment: ContinuousClock.Instant, except damaged: [DamagedVersion]) {
        let damaged = visible(damaged)
        state.withLock { state in
            state.provenAt = max(state.provenAt, moment)
            state.damaged = damaged
        }
    }

    /// Records that the epoch that was loaded is gone, whatever the number of the one to come.
    func forgetEpoch() { updateLater { $0.epoch = nil } }

    /// Ends the watch.
    func close() { updateLater { $0.isClosed = true } }

    private func visible(_ heads: [PendingHead]) -> [PendingHead] {
        mayRead.map { mayRead in heads.filter { mayRead($0.key) } } ?? heads
    }

    /// Without those of which it is not known which document they are.
    private func visible(_ damaged: [DamagedVersion]) -> [DamagedVersion] {
        mayRead.map { mayRead in damaged.filter { $0.key.map(mayRead) ?? false } } ?? damaged
    }

    /// In one order with what is offered.
    private func updateLater(_ change: @escaping @Sendable (inout State) -> Void) {
        executor.execute { [self] in update(change) }
    }

    private func update(_ change: (inout State) -> Void) {
        let (becameReady, reads) = state.withLock { state in
            let wasReady = state.isReady
            change(&state)
            return (!wasReady && state.isReady, state.beginReading())
        }
        if reads { onOwing(self) }
        if becameReady { onReady() }
    }
}
