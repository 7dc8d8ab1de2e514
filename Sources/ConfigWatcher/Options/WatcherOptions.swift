public import ConfigModel
public import WatcherCore

/// How a watcher decides.
public struct WatcherOptions: Sendable {
    /// The keys that may sign. With them everything, from every source, must carry the signature of one of them, and signed
    /// events are applied without reading the registry. Without, the registry is read and trusted.
    public var trustedKeys: TrustedKeys?
    /// Lay the document over the one of the environment `default` (RFC 7396); both are followed.
    public var overlay: Bool
    /// What to do at the start when the source does not respond.
    public var start: StartPolicy
    /// What to do when the document is deleted.
    public var deletion: DeletionPolicy
    /// How many handlers must succeed.
    public var handlers: HandlerPolicy
    /// What content must look like.
    public var schema: ConfigSchema?
    /// How names in the document become names of the watcher's type.
    public var keys: KeyDecoding
    /// How long further changes are waited for before the newest is loaded; nil is as the source says: not at all for a
    /// registry, 100 ms of quiet for files.
    public var debounce: DebounceStrategy?
    /// How often a document is read although the source announces changes.
    public var pollInterval: Duration
    /// When a watcher without proof counts as stale; nil is three times `pollInterval`.
    public var staleAfter: Duration?

    /// Describes how a watcher decides.
    public init(
        trustedKeys: TrustedKeys? = nil, overlay: Bool = false, start: StartPolicy = .allowStale(),
        deletion: DeletionPolicy = .keepLast, handlers: HandlerPolicy = .all, schema: ConfigSchema? = nil,
        keys: KeyDecoding = .convertFromSnakeCase, pollInterval: Duration = .seconds(60), staleAfter: Duration? = nil,
        debounce: DebounceStrategy? = nil
    ) {
        self.trustedKeys = trustedKeys
        self.overlay = overlay
        self.start = start
        self.deletion = deletion
        self.handlers = handlers
        self.schema = schema
        self.keys = keys
        self.pollInterval = pollInterval
        self.staleAfter = staleAfter
        self.debounce = debounce
    }
}
