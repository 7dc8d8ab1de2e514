public import ConfigModel
import WatcherCore

extension SourceFeed {
    /// The prefixes that are followed at present.
    public var prefixes: [DocumentPrefix] { Set(prefixFollowers.map(\.prefix)).sorted() }

    /// Says that a document exists, which is followed from now on when it lies below a followed prefix.
    ///
    /// - Returns: true when something follows it that did not before: the newest version has to be sent, or `mayHaveChanged`.
    @discardableResult
    public func found(_ key: DocumentKey) -> Bool {
        var isNews = false
        for follower in prefixFollowers where follower.prefix.includes(key) {
            if follower.found(key) { isNews = true }
        }
        return isNews
    }

    /// Says that every document below these prefixes was found that there is at present.
    package func listed(_ isIncluded: (DocumentPrefix) -> Bool) {
        for follower in prefixFollowers where isIncluded(follower.prefix) { follower.listed() }
    }

    /// True when a document below a prefix would be news to what follows the prefix.
    func isMissed(_ key: DocumentKey) -> Bool {
        prefixFollowers.contains { $0.prefix.includes(key) && !$0.follows(key) }
    }
}

extension SourceEvent {
    /// True for what only a document that is there can have.
    var showsDocument: Bool {
        switch self {
        case .announced(let event), .served(let event): event.changeType != .deleted
        case .mayHaveChanged, .established, .interrupted, .synced, .proved, .damaged: false
        }
    }
}
