import ConfigModel
import Synchronization

/// Passes every new head on to those who watch its document.
final class WatchHub: Sendable {
    /// Spreads the watches of an executor over a few groups.
    private struct GroupKey: Hashable {
        /// So many pieces of work a change is for an executor at most; between them others may run.
        private static let pieces = 32

        let executor: ObjectIdentifier?
        let piece: Int

        init(_ watch: Watch) {
            executor = watch.executor.identity
            piece = ObjectIdentifier(watch).hashValue & (Self.pieces - 1)
        }
    }

    private struct State {
        var watches: [ObjectIdentifier: Watch] = [:]
        var byTopic: [WatchTopic: [GroupKey: SubscriberGroup]] = [:]
        /// The newest head that was passed on, for documents that are watched.
        var latest: [DocumentKey: HeadPosition] = [:]

        /// The groups that watch a document, each watch once.
        func groups(of key: DocumentKey) -> [SubscriberGroup] {
            watches.isEmpty ? [] : key.topics.flatMap { byTopic[$0].map { Array($0.values) } ?? [] }
        }
    }

    private let state = Mutex(State())

    /// Every open watch.
    var watches: [Watch] { state.withLock { Array($0.watches.values) } }

    /// How many watches are open.
    var count: Int { state.withLock { $0.watches.count } }

    func isWatched(_ key: DocumentKey) -> Bool { state.withLock { !$0.groups(of: key).isEmpty } }

    func add(_ watch: Watch) {
        let key = GroupKey(watch)
        state.withLock { state in
            state.watches[ObjectIdentifier(watch)] = watch
            for topic in watch.filter.topics {
                let group = state.byTopic[topic]?[key] ?? SubscriberGroup(for: watch)
                group.add(watch)
                state.byTopic[topic, default: [:]][key] = group
            }
        }
    }

    func remove(_ watch: Watch) {
        let key = GroupKey(watch)
        state.withLock { state in
            state.watches[ObjectIdentifier(watch)] = nil
            for topic in watch.filter.topics {
                state.byTopic[topic]?[key]?.remove(watch)
                if state.byTopic[topic]?[key]?.isEmpty == true { state.byTopic[topic]?[key] = nil }
                if state.byTopic[topic]?.isEmpty == true { state.byTopic[topic] = nil }
            }
            if state.watches.isEmpty { state.latest = [:] }
        }
    }

    /// Passes a head on unless it is no news: some pieces of work for each executor, however many watches it has.
    ///
    /// The lock is held meanwhile, so that no watch gets a version after a newer one; no executor waits.
    func publish(_ snapshot: HeadSnapshot) {
        state.withLock { state in
            if let latest = state.latest[snapshot.key], !snapshot.position.isNewer(than: latest) { return }
            let groups = state.groups(of: snapshot.key)
            guard !groups.isEmpty else { return }
            state.latest[snapshot.key] = snapshot.position
            for group in groups { group.publish(snapshot) }
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
