public import ConfigModel
package import Logging
import Synchronization
public import WatcherCore

/// The connection between a source and the watchers of one group: what they want from it, and what it has for them.
///
/// Every call is O(1) in the number of documents, unless it is about all of them.
public final class SourceFeed: Sendable {
    private struct State {
        var followers: [DocumentKey: Followers] = [:]
        var prefixes: [any PrefixFollower] = []
        var counters = SourceCounters()
    }

    /// Most documents have one.
    private enum Followers {
        case one(any SourceFollower)
        case many([any SourceFollower])

        var all: [any SourceFollower] {
            switch self {
            case .one(let follower): [follower]
            case .many(let followers): followers
            }
        }
    }

    /// What is wanted while the source runs, in order; for one reader.
    public let requests: AsyncStream<SourceRequest>
    /// Where a source writes what is of no use to the application itself.
    package let logger: Logger?
    /// The change sets that versions were published with are wanted too.
    package let wantsChangeSets: Bool
    let conditions: WatchConditions
    /// What came with the events, for spans.
    let traces = EventTraces()
    private let continuation: AsyncStream<SourceRequest>.Continuation
    private let state = Mutex(State())

    init(conditions: WatchConditions, wantsChangeSets: Bool = false, logger: Logger?) {
        self.conditions = conditions
        self.wantsChangeSets = wantsChangeSets
        self.logger = logger
        (requests, continuation) = AsyncStream.makeStream(of: SourceRequest.self)
    }
}

// MARK: - For the source

extension SourceFeed {
    /// The documents that are followed at present.
    public var documents: [DocumentKey] { state.withLock { Array($0.followers.keys) } }

    /// True for a document that is followed at present.
    public func follows(_ key: DocumentKey) -> Bool { state.withLock { $0.followers[key] != nil } }

    /// The newest version of a document that this source named in this run, known to all who follow it: it need not be sent
    /// again.
    public func confirmedVersion(of key: DocumentKey) -> DocumentVersion? {
        let known = followers(of: key).map { $0.confirmedVersion(of: key) }
        guard !known.contains(nil), !isMissed(key) else { return nil }
        return known.compactMap { $0 }.min { $0.version < $1.version }
    }

    /// Says something about a document. What is said about a document that is not followed has no effect, unless it says
    /// that a document below a followed prefix exists.
    public func send(_ event: SourceEvent, to key: DocumentKey) {
        if event.showsDocument { found(key) }
        let followers = followers(of: key)
        guard !followers.isEmpty else { return }
        if case .announced = event { conditions.announced() }
        for follower in followers { follower.receive(.source(event, key)) }
    }

    /// The source stands. Where it announces versions it also sends `.established` to each document.
    ///
    /// - Parameter place: where versions are announced, for messages: the name of an exchange.
    public func stands(at place: String? = nil) { conditions.sourceStands(at: place) }

    /// The source was lost and connects anew: announcements may be missed.
    ///
    /// - Parameters:
    ///   - name: what was lost, for the log.
    ///   - reason: why.
    public func interrupted(_ name: String, reason: String) { interrupted(name, reason: reason, level: .info) }

    /// As above, with a log level. A connection that was never established is reported by `failed`.
    ///
    /// - Parameter concerns: which documents it was about.
    package func interrupted(
        _ name: String, reason: String, level: Logger.Level, concerns: (DocumentKey) -> Bool = { _ in true }
    ) {
        count { $0.interruptions += 1 }
        logger?.log(
            level: level, "a source was lost",
            metadata: [WatcherLogKey.source: "\(name)", WatcherLogKey.error: "\(reason)"])
        for key in documents where concerns(key) { send(.interrupted, to: key) }
    }

    /// The source sends everything but this document, which is read by itself until it is granted.
    package func refused(_ key: DocumentKey, _ failure: SourceFailure) {
        conditions.documentFailed(key, failure)
        send(.mayHaveChanged(isFresh: true), to: key)
    }

    /// True for a document that was refused, until it can be read.
    package func isRefused(_ key: DocumentKey) -> Bool { conditions.isRefused(key) }

    /// The source sends what it knows about a document.
    package func granted(_ key: DocumentKey) { conditions.documentKnown(key) }

    /// The source cannot be reached, grants nothing or announces nothing: it is said once, until it stands again.
    public func failed(_ failure: SourceFailure) {
        if failure.scope == .source {
            conditions.registryFailed(failure, isSilent: true)
        } else {
            conditions.sourceFailed(failure)
        }
    }

    /// What there is below a prefix cannot be listed; what was announced of it arrives all the same.
    package func notListed(_ failure: SourceFailure) {
        if failure.scope == .source { conditions.registryFailed(failure) } else { conditions.sourceFailed(failure) }
    }

    /// The registry behind the source responds.
    package func registryResponded() { conditions.registryResponded() }

    /// Keeps the trace in which the version of an event was published, for the spans of its reload.
    package func note(_ trace: TraceContext?, of event: ConfigEvent) {
        if let trace { traces.note(trace, of: event.recordHash) }
    }

    /// Counts a message that cannot be read.
    package func countUnreadableEvent() { count { $0.unreadableEvents += 1 } }

    /// Counts a message that was refused because of its publisher, or the way it came.
    package func countRefusedMessage() { count { $0.refusedMessages += 1 } }

    private func count(_ change: (inout SourceCounters) -> Void) { state.withLock { change(&$0.counters) } }

    func followers(of key: DocumentKey) -> [any SourceFollower] {
        state.withLock { $0.followers[key] }?.all ?? []
    }
}

// MARK: - For the watchers

extension SourceFeed {
    var counters: SourceCounters { state.withLock { $0.counters } }

    /// Follows the documents of a watcher.
    ///
    /// - Parameters:
    ///   - isRunning: the source runs, so that it needs a request.
    ///   - found: what the source reports by itself.
    func add(_ follower: any SourceFollower, isRunning: Bool, found: DocumentKey? = nil) {
        for key in follower.documents {
            let isNew = state.withLock { state in
                guard let others = state.followers[key] else {
                    state.followers[key] = .one(follower)
                    return true
                }
                state.followers[key] = .many(others.all + [follower])
                return false
            }
            guard isRunning, key != found else { continue }
            if isNew {
                continuation.yield(.follow(key))
            } else {
                follower.receive(.source(.mayHaveChanged(isFresh: true), key))
            }
        }
    }

    /// Follows them no longer.
    func remove(_ follower: any SourceFollower) {
        for prefix in prefixFollowers { prefix.lost(follower) }
        for key in follower.documents {
            let isLast = state.withLock { state in
                let others = state.followers[key]?.all.filter { $0 !== follower } ?? []
                state.followers[key] = others.isEmpty ? nil : others.count == 1 ? .one(others[0]) : .many(others)
                return others.isEmpty
            }
            if isLast {
                conditions.forget(key)
                continuation.yield(.unfollow(key))
            }
        }
    }

    var prefixFollowers: [any PrefixFollower] { state.withLock { $0.prefixes } }

    /// Follows whatever there is below a prefix.
    ///
    /// - Parameter known: what is followed before the source has named it; it may be gone.
    func add(prefix follower: any PrefixFollower, known: [DocumentKey] = [], isRunning: Bool) {
        state.withLock { $0.prefixes.append(follower) }
        for key in known where follower.prefix.includes(key) {
            let isNew = follower.found(key)
            if isNew, isRunning { send(.mayHaveChanged(isFresh: true), to: key) }
        }
        guard isRunning else { return }
        // What is followed already is not sent by a source again.
        for key in documents where follower.prefix.includes(key) && exists(key) {
            if follower.found(key) { send(.mayHaveChanged(isFresh: true), to: key) }
        }
        continuation.yield(.followPrefix(follower.prefix))
    }

    private func exists(_ key: DocumentKey) -> Bool {
        followers(of: key).contains { $0.confirmedVersion(of: key)?.isTombstone == false }
    }

    /// Follows no more of it than is followed by now.
    func remove(prefix follower: any PrefixFollower) {
        let isLast = state.withLock { state in
            state.prefixes.removeAll { $0 === follower }
            return !state.prefixes.contains { $0.prefix == follower.prefix }
        }
        if isLast { continuation.yield(.unfollowPrefix(follower.prefix)) }
    }

    /// Wants a read.
    func read(_ request: ReadRequest, for follower: any SourceFollower) {
        continuation.yield(.read(SourceRead(request: request, follower: follower, feed: self)))
    }

    /// Reports what a response means for the source as a whole.
    func note(_ response: SourceResponse, _ key: DocumentKey) {
        switch response {
        case .version, .notModified, .unknown:
            conditions.registryResponded()
            conditions.documentKnown(key)
        case .damaged, .unreadable: conditions.registryResponded()
        case .behind: break
        case .failed(let failure):
            logger?.debug(
                "a document was not read",
                metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.error: "\(failure.reason)"])
            switch failure.scope {
            case .source: conditions.registryFailed(failure)
            case .document:
                conditions.documentFailed(key, failure)
            case .announcements, .read: break
            }
        }
    }

    /// No request is served any more.
    func close() { continuation.finish() }

    /// Breaks the retain cycle prefix -> watcher -> engine -> feed.
    func forgetPrefixes() { state.withLock { $0.prefixes = [] } }
}
