public import ConfigModel
import Logging
import Synchronization
import WatcherCore

/// The watchers of whatever documents there are below a prefix. `WatcherGroup.follow` makes it; it changes while the group
/// runs.
public final class FollowedPrefix<Value: Sendable>: Sendable {
    private struct Entry {
        /// Nil while it is being made.
        var watcher: ConfigWatcher<Value>?
    }

    private struct State {
        var entries: [DocumentKey: Entry] = [:]
        var isOver = false
        var isListed = false
    }

    /// Which documents.
    public let prefix: DocumentPrefix
    private let logger: Logger?
    private let make: @Sendable (DocumentKey) -> ConfigWatcher<Value>?
    private let onListed: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - onListed: called once, when the source has named every document that there is.
    ///   - make: makes a watcher that runs, unless the group is gone.
    init(
        _ prefix: DocumentPrefix, logger: Logger? = nil, onListed: @escaping @Sendable () -> Void = {},
        make: @escaping @Sendable (DocumentKey) -> ConfigWatcher<Value>?
    ) {
        self.prefix = prefix
        self.logger = logger
        self.onListed = onListed
        self.make = make
    }

    /// The watchers at present, in the order of their documents.
    public var watchers: [ConfigWatcher<Value>] {
        state.withLock { $0.entries.values.compactMap(\.watcher) }.sorted { $0.key < $1.key }
    }

    /// The watcher of a document; nil when there is no such document.
    public subscript(_ key: DocumentKey) -> ConfigWatcher<Value>? { state.withLock { $0.entries[key]?.watcher } }

    /// True when the source has named every document that there is, at least once.
    package var isListed: Bool { state.withLock { $0.isListed } }

    /// Nothing is added any more; returns what was.
    func end() -> [ConfigWatcher<Value>] {
        let watchers = watchers
        state.withLock { state in
            state.isOver = true
            state.entries = [:]
        }
        return watchers
    }
}

extension FollowedPrefix: PrefixFollower {
    func follows(_ key: DocumentKey) -> Bool { state.withLock { $0.entries[key] != nil } }

    func found(_ key: DocumentKey) -> Bool {
        let isNew = state.withLock { state in
            guard !state.isOver, state.entries[key] == nil else { return false }
            state.entries[key] = Entry()
            return true
        }
        guard isNew else { return false }
        // The application registers its handlers in there.
        let watcher = make(key)
        let isOver = state.withLock { state in
            if !state.isOver { state.entries[key] = watcher.map { Entry(watcher: $0) } }
            return state.isOver
        }
        if isOver, let watcher { watcher.engine.remove(watcher.pipeline) }
        return watcher != nil
    }

    func listed() {
        let (isFirst, isEmpty) = state.withLock { state in
            defer { state.isListed = true }
            return (!state.isListed, state.entries.isEmpty)
        }
        guard isFirst else { return }
        if isEmpty {
            logger?.warning(
                "there is no document below a prefix; each is followed as soon as it is published",
                metadata: [WatcherLogKey.document: "\(prefix)"])
        }
        onListed()
    }

    func lost(_ follower: any SourceFollower) {
        state.withLock { state in
            guard let watcher = state.entries[follower.documents[0]]?.watcher, watcher.pipeline === follower else {
                return
            }
            state.entries[watcher.key] = nil
        }
    }
}
