import ConfigModel
import Logging
import Synchronization
import WatcherCore

/// Reports what watchers wait for: once when it begins, again when the reason is another, and when it is over.
final class WatchConditions: Sendable {
    private struct Outage {
        /// The causes that were reported since it began; several nodes of a broker may fail alternately, each for its own reason.
        var reported: Set<String> = []
        var reason: String?
        /// A person has to grant something.
        var needsRepair = false

        /// True when the reason is news.
        mutating func begin(_ reason: String, as kind: String) -> Bool {
            self.reason = reason
            return reported.insert(kind).inserted
        }

        /// True when one was reported.
        mutating func end() -> Bool {
            defer { self = Outage() }
            return !reported.isEmpty
        }
    }

    private struct State {
        var registry = Outage()
        var source = Outage()
        var documents: [DocumentKey: Outage] = [:]
        var lastFailure: String?
        /// Versions come that are not announced.
        var isBusSilent = false
        /// Where versions are announced.
        var place: String?
        var observer: (@Sendable (WatchCondition) -> Void)?
    }

    private let state = Mutex(State())
    private let logger: Logger?

    init(logger: Logger?) { self.logger = logger }

    /// Why the source of events is not there; nil while it stands, or when there is none.
    var sourceFailure: String? { state.withLock { $0.source.reason } }

    /// Why registry or source of events failed last, whether they stand again or not.
    var lastFailure: String? { state.withLock { $0.lastFailure } }

    /// Passes every condition to a closure, which must not wait, instead of the log.
    func observe(_ observer: @escaping @Sendable (WatchCondition) -> Void) {
        state.withLock { $0.observer = observer }
    }

    /// True when conditions are passed to a closure.
    var isObserved: Bool { state.withLock { $0.observer != nil } }

    /// There is no such document.
    ///
    /// - Parameter reason: where it was looked for.
    func missing(_ key: DocumentKey, reason: String? = nil) { report(.missing(key), reason: reason) }

    /// The registry cannot be read.
    ///
    /// - Parameter isSilent: so that it announces nothing either, which needs no word of its own.
    func registryFailed(_ failure: SourceFailure, isSilent: Bool = false) {
        let isNews = state.withLock { state in
            state.lastFailure = failure.reason
            if isSilent { state.source.reason = failure.reason }
            return state.registry.begin(failure.reason, as: failure.cause)
        }
        guard isNews else { return }
        report(
            .registryAway(reason: failure.reason, cause: failure.cause), failure.needsRepair ? .error : .warning)
    }

    /// The registry responded to a call.
    func registryResponded() {
        if state.withLock({ $0.registry.end() }) { report(.registryBack) }
    }

    /// The registry responded, and what it said concerns one document. While it refuses everything for the same cause it is not
    /// back.
    func documentFailed(_ key: DocumentKey, _ failure: SourceFailure) {
        let (isBack, isNews) = state.withLock { state in
            if failure.needsRepair { state.lastFailure = failure.reason }
            let isBack = state.registry.reported.contains(failure.cause) ? false : state.registry.end()
            let isNews = state.documents[key, default: Outage()].begin(failure.reason, as: failure.cause)
            state.documents[key]?.needsRepair = failure.needsRepair
            return (isBack, isNews)
        }
        if isBack { report(.registryBack) }
        guard isNews else { return }
        if failure.needsRepair {
            report(.refused(key, reason: failure.reason), .error)
        } else {
            report(.unanswered(key, reason: failure.reason))
        }
    }

    /// This document can be read.
    func documentKnown(_ key: DocumentKey) {
        let wasRefused = state.withLock { state in
            // Of most sources no document ever failed.
            state.documents.isEmpty ? false : state.documents.removeValue(forKey: key)?.needsRepair ?? false
        }
        if wasRefused { report(.granted(key)) }
    }

    /// It is not followed any more.
    func forget(_ key: DocumentKey) {
        state.withLock { state in
            if !state.documents.isEmpty { state.documents[key] = nil }
        }
    }

    /// True while a document is refused.
    func isRefused(_ key: DocumentKey) -> Bool { state.withLock { $0.documents[key]?.needsRepair ?? false } }

    /// The source of events was lost, or was not reached.
    func sourceFailed(_ failure: SourceFailure) {
        let isNews = state.withLock { state in
            state.lastFailure = failure.reason
            return state.source.begin(failure.reason, as: failure.cause)
        }
        if isNews { report(.sourceAway(reason: failure.reason)) }
    }

    /// The source of events stands.
    ///
    /// - Parameter place: where it announces versions.
    func sourceStands(at place: String?) {
        let isNews = state.withLock { state in
            state.place = place
            return state.source.end()
        }
        if isNews { report(.sourceBack) }
    }

    /// A version that the registry has was not announced; said once, until one is announced.
    func unannounced(_ key: DocumentKey, version: Int64) {
        let (isNews, place) = state.withLock { state in
            defer { state.isBusSilent = true }
            return (!state.isBusSilent, state.place)
        }
        if isNews { report(.unannounced(key, version: version, exchange: place)) }
    }

    /// A version of a document that is followed was announced.
    func announced() { state.withLock { $0.isBusSilent = false } }

    private func report(_ condition: WatchCondition, _ level: Logger.Level = .warning, reason: String? = nil) {
        if let observer = state.withLock({ $0.observer }) { return observer(condition) }
        switch condition {
        case .missing(let key):
            var metadata: Logger.Metadata = [WatcherLogKey.document: "\(key)"]
            if let reason { metadata[WatcherLogKey.error] = "\(reason)" }
            logger?.warning("there is no such document; it is applied as soon as it is published", metadata: metadata)
        case .unanswered(let key, let reason):
            logger?.warning(
                "the registry cannot say what the newest version is",
                metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.error: "\(reason)"])
        case .refused(let key, let reason):
            logger?.log(
                level: level, "the registry does not let a document be read",
                metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.error: "\(reason)"])
        case .granted(let key):
            logger?.notice("a document that was refused can be read", metadata: [WatcherLogKey.document: "\(key)"])
        case .registryAway(let reason, _):
            logger?.log(level: level, "the registry is away", metadata: [WatcherLogKey.error: "\(reason)"])
        case .registryBack: logger?.notice("the registry answers again")
        case .sourceAway(let reason):
            logger?.warning(
                "the source of events is away; documents are looked at now and then until it is back",
                metadata: [WatcherLogKey.error: "\(reason)"])
        case .sourceBack: logger?.notice("the source of events is back")
        case .unannounced(let key, let version, let exchange):
            logger?.warning(
                "a version was found by polling and was not announced on the exchange: does the registry announce there?",
                metadata: [
                    WatcherLogKey.document: "\(key)", WatcherLogKey.version: "\(version)",
                    WatcherLogKey.exchange: "\(exchange ?? "unknown")",
                ])
        }
    }
}
