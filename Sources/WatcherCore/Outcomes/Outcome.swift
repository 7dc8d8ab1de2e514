public import ConfigModel

/// What a watcher did with a version.
public struct Outcome: Sendable, Equatable {
    /// The kinds of outcome.
    public enum Kind: String, Sendable, CaseIterable {
        /// It runs now.
        case applied
        /// It was not verified, not valid, or refused by a handler; what ran before runs on.
        case rejected
        /// An earlier version runs again because a rollback was made here.
        case rolledBack = "rolled_back"
        /// The document was deleted; what ran before runs on.
        case deleted
    }

    /// Which document.
    public let key: DocumentKey
    /// Its version; with overlay that of the environment's document, 0 when there is none.
    public let version: Int64
    /// With overlay the version of the default environment's document, 0 when there is none; otherwise nil.
    public let defaultVersion: Int64?
    /// The history that the version belongs to; nil when it is not known.
    public let epoch: Epoch?
    /// What happened.
    public let kind: Kind
    /// Why, in one sentence, when it was rejected.
    public let reason: String?
    /// The hash of the content as a reader sees it.
    public let contentHash: String?
    /// From the moment the version was made until it ran here; nil when that moment is not known to the millisecond, or
    /// when it was not news (the first version that a watcher runs).
    public let latency: Duration?
    /// How long the reload took.
    public let duration: Duration?
    /// What the handlers that were called made of it, in the order in which they were called.
    public let handlers: [HandlerOutcome]
    /// What validators said without refusing.
    public let warnings: [String]

    /// Puts an outcome together.
    public init(
        key: DocumentKey, version: Int64, defaultVersion: Int64? = nil, epoch: Epoch?, kind: Kind,
        reason: String? = nil,
        contentHash: String? = nil, latency: Duration? = nil, duration: Duration? = nil,
        handlers: [HandlerOutcome] = [], warnings: [String] = []
    ) {
        self.key = key
        self.version = version
        self.defaultVersion = defaultVersion
        self.epoch = epoch
        self.kind = kind
        self.reason = reason
        self.contentHash = contentHash
        self.latency = latency
        self.duration = duration
        self.handlers = handlers
        self.warnings = warnings
    }
}
