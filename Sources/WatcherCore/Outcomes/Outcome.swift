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
        /// The document was deleted; what runs then is up to `WatcherOptions.deletion`.
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
    /// Why it was rejected, for a program; nil for every other kind of outcome.
    public let rejection: RejectionKind?
    /// Why, in one line, when it was rejected: control characters are escaped, and what is longer than 4 KiB is cut.
    public let reason: String?
    /// The hash of the content as a reader sees it.
    public let contentHash: String?
    /// From the moment the version was made until it ran here; nil when that moment is not known to the millisecond, or
    /// when it was not news (the first version that a watcher runs).
    public let latency: Duration?
    /// How long the reload and its phases took; nil when nothing was loaded.
    public let times: ReloadTimes?
    /// What made the watcher do it; nil when nothing was loaded.
    public let trigger: ReloadTrigger?
    /// 1, or higher when handlers refused the version before and it was tried again.
    public let attempt: Int
    /// What the handlers that were called made of it, in the order in which they were called.
    public let handlers: [HandlerOutcome]
    /// What validators said without refusing.
    public let warnings: [String]

    /// Puts an outcome together.
    public init(
        key: DocumentKey, version: Int64, defaultVersion: Int64? = nil, epoch: Epoch?, kind: Kind,
        rejection: RejectionKind? = nil, reason: String? = nil,
        contentHash: String? = nil, latency: Duration? = nil, times: ReloadTimes? = nil,
        trigger: ReloadTrigger? = nil, attempt: Int = 1,
        handlers: [HandlerOutcome] = [], warnings: [String] = []
    ) {
        self.key = key
        self.version = version
        self.defaultVersion = defaultVersion
        self.epoch = epoch
        self.kind = kind
        self.rejection = kind == .rejected ? rejection ?? .other : nil
        self.reason = reason.map(ReasonText.shown)
        self.contentHash = contentHash
        self.latency = latency
        self.times = times
        self.trigger = trigger
        self.attempt = attempt
        self.handlers = handlers
        self.warnings = warnings.map(ReasonText.shown)
    }
}

extension Outcome {
    /// How long the reload took; nil when nothing was loaded.
    public var duration: Duration? { times?.total }
}

extension Outcome: CustomStringConvertible {
    /// One line: what became of which version, why, and how long it took.
    public var description: String {
        var line = "\(key) version \(version)"
        if let defaultVersion { line += " over \(defaultVersion)" }
        line += " \(kind.rawValue)"
        if attempt > 1 { line += ", attempt \(attempt)" }
        if let times { line += " in \(times.total.words)" }
        if let latency { line += ", \(latency.words) after it was made" }
        let failed = handlers.filter { $0.result != .success }
        if !failed.isEmpty { line += "; " + failed.map(\.description).joined(separator: ", ") }
        if let reason { line += ": \(reason)" }
        if !warnings.isEmpty { line += " (warnings: \(warnings.joined(separator: " ")))" }
        return line
    }
}
