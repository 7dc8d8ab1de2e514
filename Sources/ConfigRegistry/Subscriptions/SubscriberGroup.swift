import Synchronization

/// Some watches of one executor that get the same changes.
///
/// Until the executor comes to them, what changes is kept, of each document only the newest head: with more changes than it
/// can pass on, nothing grows but the distance between those that are passed on, and of content no more is kept than one watch keeps.
final class SubscriberGroup: Sendable {
    private struct State {
        var watches: [ObjectIdentifier: Watch] = [:]
        var news: PendingItems
    }

    private let executor: WatchExecutor
    private let state: Mutex<State>

    var isEmpty: Bool { state.withLock { $0.watches.isEmpty } }

    /// - Parameter watch: the first one, with which the others share executor and bound.
    init(for watch: Watch) {
        executor = watch.executor
        state = Mutex(State(news: PendingItems(maximumBytes: watch.maximumBytes)))
    }

    func add(_ watch: Watch) { state.withLock { $0.watches[ObjectIdentifier(watch)] = watch } }

    func remove(_ watch: Watch) { state.withLock { $0.watches[ObjectIdentifier(watch)] = nil } }

    /// Has the executor offer a head to the watches.
    func publish(_ snapshot: HeadSnapshot) {
        let isFirst = state.withLock { state in
            defer { state.news.offer(.held(snapshot)) }
            return state.news.isEmpty
        }
        if isFirst { executor.execute { [self] in offerNews() } }
    }

    private func offerNews() {
        let (watches, heads) = state.withLock { ($0.watches, $0.news.takeHeads()) }
        for watch in watches.values { watch.offer(heads) }
    }
}
