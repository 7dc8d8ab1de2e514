import ConfigModel
import Synchronization

/// Passes every new head on to those who watch its document.
final class WatchHub: Sendable {
    private struct State {
        var watches: [ObjectIdentifier: Watch] = [:]
        var byTopic: [WatchTopic: [ObjectIdentifier: Watch]] = [:]
        /// The newest head that was passed on, for documents that somebody watches.
        var latest: [DocumentKey: HeadPosition] = [:]

        /// Calls `body` for each watch of a document; twice for one that finds it under two topics.
        func forEachWatch(of key: DocumentKey, _ body: (Watch) -> Void) {
            guard !watches.isEmpty else { return }
            for topic in key.topics {
                for watch in (byTopic[topic] ?? [:]).values where watch.filter.admits(key.environment) { body(watch) }
            }
        }
    }

    private let state = Mutex(State())

    /// Every open watch.
    var watches: [Watch] { state.withLock { Array($0.watches.values) } }

    /// How many watches are open.
    var count: Int { state.withLock { $0.watches.count } }

    func isWatched(_ key: DocumentKey) -> Bool {
        state.withLock { state in
            var isWatched = false
            state.forEachWatch(of: key) { _ in isWatched = true }
            return isWatched
        }
    }

    func add(_ watch: Watch) {
        let identifier = ObjectIdentifier(watch)
        state.withLock { state in
            state.watches[identifier] = watch
            for topic in watch.filter.topics { state.byTopic[topic, default: [:]][identifier] = watch }
        }
    }

    func remove(_ watch: Watch) {
        let identifier = ObjectIdentifier(watch)
        state.withLock { state in
            state.watches[identifier] = nil
            for topic in watch.filter.topics {
                state.byTopic[topic]?[identifier] = nil
                if state.byTopic[topic]?.isEmpty == true { state.byTopic[topic] = nil }
            }
            if state.watches.isEmpty { state.latest = [:] }
        }
    }

    /// Passes a head on unless it is no news.
    ///
    /// The lock is held meanwhile, so that nobody is told of a version after a newer one: telling takes well under a
    /// microsecond a watch and calls nothing that waits.
    func note(_ snapshot: HeadSnapshot) {
        state.withLock { state in
            if let latest = state.latest[snapshot.key], !snapshot.position.isNewer(than: latest) { return }
            var isWatched = false
            state.forEachWatch(of: snapshot.key) { watch in
                isWatched = true
                watch.offer(snapshot)
            }
            if isWatched { state.latest[snapshot.key] = snapshot.position }
        }
    }

    /// Takes whatever comes next for news, because the history was replaced.
    func forgetHistory() {
        state.withLock { state in
            state.latest = [:]
            for watch in state.watches.values { watch.forgetEpoch() }
        }
    }

    /// Ends every watch.
    func close() { for watch in watches { watch.close() } }
}
