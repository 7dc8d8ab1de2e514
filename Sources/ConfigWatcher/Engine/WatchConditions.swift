import ConfigModel
import EventBus
import Logging
import RegistryClient
import Synchronization

/// Says what watchers wait for: once when it begins, again when the reason is another, and when it is over.
final class WatchConditions: Sendable {
    private struct Outage {
        /// What was said since it began; several nodes of a broker may fail in turn, each for its own reason.
        var said: Set<String> = []
        var reason: String?

        var isThere: Bool { reason != nil }

        /// True when the reason is news.
        mutating func begin(_ reason: String, as kind: String) -> Bool {
            self.reason = reason
            return said.insert(kind).inserted
        }

        /// True when there was one.
        mutating func end() -> Bool {
            defer { self = Outage() }
            return isThere
        }
    }

    private struct State {
        var registry = Outage()
        var source = Outage()
        var documents: [DocumentKey: Outage] = [:]
        /// Versions come that are not announced.
        var isBusSilent = false
        var observer: (@Sendable (WatchCondition) -> Void)?
    }

    private let state = Mutex(State())
    private let logger: Logger?

    private let source: EventSource

    init(source: EventSource, logger: Logger?) {
        self.source = source
        self.logger = logger
    }

    /// Why the source of events is not there; nil while it stands, or when there is none.
    var sourceFailure: String? { state.withLock { $0.source.reason } }

    /// Sends every condition to a closure, which must not wait, instead of the log.
    func observe(_ observer: @escaping @Sendable (WatchCondition) -> Void) {
        state.withLock { $0.observer = observer }
    }

    /// There is no such document.
    func missing(_ key: DocumentKey) { tell(.missing(key)) }

    /// A call to the registry did not succeed.
    func registryFailed(_ error: RegistryClientError) {
        guard error.isAboutTheRegistry else { return }
        let isNews = state.withLock { $0.registry.begin(error.message, as: error.kindOfOutage) }
        if isNews { tell(.registryAway(reason: error.message)) }
    }

    /// The registry answered a call.
    func registryAnswered() {
        if state.withLock({ $0.registry.end() }) { tell(.registryBack) }
    }

    /// The registry answered, but not about this document.
    func documentFailed(_ key: DocumentKey, _ error: RegistryClientError) {
        guard !error.isAboutTheRegistry, error.code != .behind, error.code != .cancelled else { return }
        let isNews = state.withLock {
            $0.documents[key, default: Outage()].begin(error.message, as: error.code.rawValue)
        }
        if isNews { tell(.unanswered(key, reason: error.message)) }
    }

    /// The registry answered about this document.
    func documentAnswered(_ key: DocumentKey) {
        state.withLock { state in
            if !state.documents.isEmpty { state.documents[key] = nil }
        }
    }

    /// The source of events was lost, or was not reached.
    func sourceFailed(_ reason: String) {
        if state.withLock({ $0.source.begin(reason, as: reason) }) { tell(.sourceAway(reason: reason)) }
    }

    /// The source of events stands.
    func sourceStands() {
        if state.withLock({ $0.source.end() }) { tell(.sourceBack) }
    }

    /// The bus did not announce a version that the registry has; said once, until it announces one.
    func unannounced(_ key: DocumentKey, version: Int64) {
        guard case .bus(let bus, let filter) = source.kind else { return }
        let isNews = state.withLock { state in
            defer { state.isBusSilent = true }
            return !state.isBusSilent
        }
        guard isNews else { return }
        tell(.unannounced(key, version: version, exchange: filter.exchange ?? bus.brokerExchange))
    }

    /// The bus announced a version of a document that is followed.
    func announced() { state.withLock { $0.isBusSilent = false } }

    private func tell(_ condition: WatchCondition) {
        if let observer = state.withLock({ $0.observer }) { return observer(condition) }
        switch condition {
        case .missing(let key):
            logger?.warning(
                "there is no such document; it is applied as soon as it is published",
                metadata: [LogKey.document: "\(key)"])
        case .unanswered(let key, let reason):
            logger?.warning(
                "the registry cannot say what the newest version is",
                metadata: [LogKey.document: "\(key)", LogKey.reason: "\(reason)"])
        case .registryAway(let reason):
            logger?.warning("the registry is away", metadata: [LogKey.reason: "\(reason)"])
        case .registryBack: logger?.notice("the registry answers again")
        case .sourceAway(let reason):
            logger?.warning(
                "the source of events is away; the registry is asked now and then until it is back",
                metadata: [LogKey.reason: "\(reason)"])
        case .sourceBack: logger?.notice("the source of events is back")
        case .unannounced(let key, let version, let exchange):
            logger?.warning(
                "a version was found by polling and was not announced on the exchange: does the registry announce there?",
                metadata: [
                    LogKey.document: "\(key)", LogKey.version: "\(version)",
                    LogKey.exchange: "\(exchange ?? "unknown")",
                ])
        }
    }
}

extension RegistryClientError {
    /// True when nothing can be read, whatever the document.
    fileprivate var isAboutTheRegistry: Bool {
        switch code {
        case .unreachable, .interrupted, .unauthorized, .forbidden, .unavailable: true
        default: false
        }
    }

    /// A connection that is lost and one that is not made have the same cause.
    fileprivate var kindOfOutage: String {
        code == .interrupted ? Code.unreachable.rawValue : code.rawValue
    }
}
