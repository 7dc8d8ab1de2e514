public import ConfigModel
public import Tracing
public import WatcherCore

/// How a watcher decides.
public struct WatcherOptions: Sendable {
    /// The keys that may sign. With them everything, from every source, must carry the signature of one of them, and signed
    /// events are applied without reading the registry. Without, the registry is read and trusted: nil, the default.
    public var trustedKeys: TrustedKeys?
    /// Lay the document over the one of the environment `default` (RFC 7396); both are followed. Default: false.
    public var overlay: Bool
    /// What to do at the start when the source does not respond. Default: `.allowStale()`.
    public var start: StartPolicy
    /// What to do when the document is deleted. Default: `.keepLast`.
    public var deletion: DeletionPolicy
    /// How many handlers must succeed. Default: `.all`.
    public var handlers: HandlerPolicy
    /// Whether a version that handlers refused is tried again. Default: `.none`.
    public var retry: ReloadRetry
    /// How long decoding, each validator, and finding all secrets together may take. What takes longer is refused, and the call
    /// is left behind; after secrets that were not found in time the version is tried again. Default: 5 s.
    public var validationTimeout: Duration
    /// What content must look like; nil, the default, is as the type decodes.
    public var schema: ConfigSchema?
    /// How names in the document become names of the watcher's type. Default: `.convertFromSnakeCase`.
    public var keys: KeyDecoding
    /// How long further changes are waited for before the newest is loaded; nil, the default, is as the source says: not at all for a
    /// registry, 100 ms of quiet for files.
    public var debounce: DebounceStrategy?
    /// Which placeholders in the document's strings are replaced by environment variables; nil, the default, is as the source says:
    /// none for a registry, all for files.
    public var placeholders: Placeholders?
    /// How often a document is read although the source announces changes, at least 10 ms. Default: 60 s.
    public var pollInterval: Duration
    /// When a watcher without proof counts as stale; nil, the default, is three times `pollInterval`, for files 30 s.
    public var staleAfter: Duration?
    /// What it means for `health`, and for `run()`, that there was no proof for a while. Default: `.serve`.
    public var staleness: StalenessPolicy
    /// How many operations `history(limit:)` keeps, 1 to 10,000. Default: 100.
    public var history: Int
    /// How many good versions are kept for `rollback(to:)`, 0 to 50. Default: 5.
    public var goodVersions: Int
    /// Keep the good versions beside the cache too, so that they outlive a restart. Default: false.
    public var goodVersionsOnDisk: Bool
    /// Where the application's metrics (swift-metrics) go; nil for none. In a group, the group's own count.
    public var metrics: WatcherMetrics? = WatcherMetrics()
    /// Who makes the spans of reloads (swift-distributed-tracing); nil is what `InstrumentationSystem.bootstrap` was given.
    public var tracer: (any Tracer)?
    /// What finds the secrets that documents name as `{"$secret": "scheme:place"}`, by scheme: `EnvironmentSecrets`, `FileSecrets`
    /// or a resolver of your own. A version that names a secret which is not found is rejected.
    public var secrets: [String: any SecretResolver]
    /// References to secrets stay as they are, for tools that pass documents on.
    package var keepsSecretReferences = false
    /// Documents are read when `reload()` requests it, and at no other time.
    package var isOnDemand = false

    /// Describes how a watcher decides.
    public init(
        trustedKeys: TrustedKeys? = nil, overlay: Bool = false, start: StartPolicy = .allowStale(),
        deletion: DeletionPolicy = .keepLast, handlers: HandlerPolicy = .all, retry: ReloadRetry = .none,
        validationTimeout: Duration = .seconds(5), schema: ConfigSchema? = nil,
        keys: KeyDecoding = .convertFromSnakeCase, pollInterval: Duration = .seconds(60), staleAfter: Duration? = nil,
        debounce: DebounceStrategy? = nil, placeholders: Placeholders? = nil, staleness: StalenessPolicy = .serve,
        history: Int = 100,
        goodVersions: Int = 5, goodVersionsOnDisk: Bool = false,
        secrets: [String: any SecretResolver] = [:]
    ) {
        self.trustedKeys = trustedKeys
        self.overlay = overlay
        self.start = start
        self.deletion = deletion
        self.handlers = handlers
        self.retry = retry
        self.validationTimeout = validationTimeout
        self.schema = schema
        self.keys = keys
        self.pollInterval = pollInterval
        self.staleAfter = staleAfter
        self.debounce = debounce
        self.staleness = staleness
        self.history = history
        self.goodVersions = goodVersions
        self.goodVersionsOnDisk = goodVersionsOnDisk
        self.placeholders = placeholders
        self.secrets = secrets
    }
}
