public import ConfigModel
public import WatcherCore

/// Where a watcher's documents come from: a registry (`.registry` of the module RegistrySource), files, or what a test plays
/// back.
///
/// A source is a description. One value may serve several watchers and groups; each runs it once, with a feed of its own.
///
/// ```swift
/// struct FixedSource: ConfigSource {
///     let documents: [DocumentKey: DocumentVersion]      // import ConfigModel
///
///     func run(_ feed: SourceFeed) async {
///         for key in feed.documents { feed.send(.mayHaveChanged(isFresh: false), to: key) }
///         for await request in feed.requests {
///             switch request {
///             case .follow(let key): feed.send(.mayHaveChanged(isFresh: true), to: key)
///             case .unfollow, .followPrefix, .unfollowPrefix: break
///             case .read(let read): read.respond(documents[read.key].map(SourceResponse.version) ?? .unknown)
///             }
///         }
///     }
/// }
/// ```
public protocol ConfigSource: Sendable {
    /// How often a document is read although nothing was announced; nil leaves it to `WatcherOptions.pollInterval`.
    var pollInterval: Duration? { get }
    /// Whether what comes from the source proves that a version is the newest. Otherwise a watcher is `stale` at best, because
    /// others could go on answering with an old version.
    var provesFreshness: Bool { get }
    /// How long further changes are waited for, when `WatcherOptions.debounce` does not say it.
    var debounce: DebounceStrategy { get }
    /// What the history calls a reload because of the source's events: `event`, or `file`.
    var trigger: ReloadTrigger { get }
    /// Which placeholders in a document's strings are replaced by environment variables, when `WatcherOptions.placeholders`
    /// does not say it.
    var placeholders: Placeholders { get }
    /// Whether documents lie on this machine, and their versions are counted anew in each process: a watcher keeps nothing of
    /// them in its cache.
    var isLocal: Bool { get }
    /// When a watcher without proof counts as stale, when `WatcherOptions.staleAfter` does not say it; nil is three times the
    /// interval of polls.
    var staleAfter: Duration? { get }

    /// The keys that must have signed what comes from the source.
    ///
    /// - Parameter configured: what the watcher's options say.
    /// - Throws: `WatcherError` with code `invalidOptions` when it cannot be used with these keys.
    func trustedKeys(_ configured: TrustedKeys?) throws(WatcherError) -> TrustedKeys?

    /// Whether the documents below a prefix can be followed.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions` when the source does not know which documents there are.
    func check(_ prefix: DocumentPrefix) throws(WatcherError)

    /// Where a document that is not there was looked for, and where else it is, in one sentence for the log; nil when there is
    /// nothing to say about it.
    func absence(of key: DocumentKey) async -> String?

    /// The same documents for a watcher that reads them itself when it needs them: nothing is announced, and no connection
    /// stands between two reads.
    var onDemand: any ConfigSource { get }

    /// Serves one watcher or group until the task is cancelled.
    ///
    /// Nothing is read before the source says so: it sends `mayHaveChanged`, `established` or the versions themselves
    /// for each followed document. It connects anew when it is lost, for as long as it takes.
    func run(_ feed: SourceFeed) async
}

extension ConfigSource {
    /// As the watcher's options say.
    public var pollInterval: Duration? { nil }
    /// True.
    public var provesFreshness: Bool { true }
    /// Each change is loaded at once.
    public var debounce: DebounceStrategy { .none }
    /// `event`.
    public var trigger: ReloadTrigger { .event }
    /// Strings are taken as they are.
    public var placeholders: Placeholders { .none }
    /// False.
    public var isLocal: Bool { false }
    /// As the watcher's options say.
    public var staleAfter: Duration? { nil }

    /// Those that are configured.
    public func trustedKeys(_ configured: TrustedKeys?) throws(WatcherError) -> TrustedKeys? { configured }
    /// They can.
    public func check(_ prefix: DocumentPrefix) throws(WatcherError) {}

    /// Nothing.
    public func absence(of key: DocumentKey) async -> String? { nil }
    /// The source as it is.
    public var onDemand: any ConfigSource { self }
}
