package import ConfigModel
public import Logging
public import ServiceLifecycle
public import WatcherCore

/// Many watchers over one source: one subscription, however many documents are followed. Watchers come and go while it runs,
/// which costs one read of the document that is added.
///
/// ```swift
/// let group = try WatcherGroup(source: .registry("http://127.0.0.1:8000"))
/// let parsing = try group.watch(ParsingConfig.self, key: "parsing/prod")
/// try await group.run()
/// ```
public final class WatcherGroup: Service {
    let engine: WatchEngine
    private let cache: ConfigCache
    let options: WatcherOptions
    private let hub = OutcomeHub()

    /// Makes a group without watchers.
    ///
    /// - Parameters:
    ///   - source: where the documents come from, for example `.registry("http://127.0.0.1:8000")` of the module
    ///     RegistrySource.
    ///   - cache: where to keep what ran last.
    ///   - options: how watchers decide that are given none of their own.
    ///   - changeSets: whether what was published together is applied together.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    public init(
        source: some ConfigSource, cache: ConfigCache = .none, options: WatcherOptions = WatcherOptions(),
        changeSets: ChangeSetPolicy = .each, logger: Logger? = .watcher
    ) {
        engine = WatchEngine(source: source, changeSets: changeSets, logger: logger, metrics: options.metrics)
        self.cache = cache
        self.options = options
    }

    deinit { engine.close() }

    /// What all watchers of the group do with versions, from now on until `run()` ends.
    public var outcomes: AsyncStream<Outcome> { hub.outcomes() }

    /// Calls the closure with every outcome, at the moment when it came about, instead of logging it; it must not wait.
    package func observe(_ observer: @escaping @Sendable (Outcome) -> Void) { hub.observe(observer) }

    /// Sends what is waited for to a closure, at the moment when it begins or is over, instead of the log; it must not
    /// wait.
    package func observeConditions(_ observer: @escaping @Sendable (WatchCondition) -> Void) {
        engine.conditions.observe(observer)
    }

    /// Where a document that is not there was looked for, in a sentence; nil when the source has nothing to say about it.
    package func absence(of key: DocumentKey) async -> String? { await engine.source.absence(of: key) }

    /// Reads every document now, and applies what is newer. What was refused for a reason that passes is tried again at once.
    public func reload() { engine.reload(.manual) }

    /// The same for another cause: the history names it.
    package func reload(trigger: ReloadTrigger) { engine.reload(trigger) }

    /// Follows all documents until the task is cancelled or the service group shuts down.
    ///
    /// - Throws: `WatcherError` when it runs already, or when the policy of a watcher says so.
    public func run() async throws {
        defer { hub.finish() }
        try await engine.run()
    }

    /// Ends a watcher after the reload under way; the others are not affected.
    public func remove<Value: Sendable>(_ watcher: ConfigWatcher<Value>) { engine.remove(watcher.pipeline) }

    /// The options of a watcher.
    ///
    /// - Throws: `WatcherError` with code `invalidOptions` when they do not fit, also to the source.
    func checked<Value: Sendable>(
        _ options: WatcherOptions?, for key: DocumentKey, _ decoder: ConfigDecoder<Value>
    ) throws(WatcherError) -> WatcherOptions {
        let options = try engine.checked(options ?? self.options)
        try options.check(for: key, interval: engine.proofInterval(options), cache: cache, decoder: decoder)
        return options
    }

    /// Ends the watchers of a prefix after the reloads under way, and follows it no longer.
    public func remove<Value: Sendable>(_ followed: FollowedPrefix<Value>) {
        engine.feed.remove(prefix: followed)
        for watcher in followed.end() { engine.remove(watcher.pipeline) }
    }

    /// - Parameter isFound: the source found the document below a prefix.
    func add<Value: Sendable>(
        _ key: DocumentKey, _ decoder: ConfigDecoder<Value>, _ options: WatcherOptions?, isFound: Bool = false,
        _ configure: (ConfigWatcher<Value>) -> Void
    ) -> ConfigWatcher<Value> {
        let parts = WatcherParts(key: key, cache: cache, options: options ?? self.options, isFound: isFound)
        let watcher = ConfigWatcher(parts, decoder: decoder, engine: engine, group: hub)
        configure(watcher)
        engine.add(watcher.pipeline, found: isFound ? key : nil)
        return watcher
    }

    func follow<Value: Sendable>(
        _ prefix: DocumentPrefix, _ decoder: ConfigDecoder<Value>, _ options: WatcherOptions?,
        known: [DocumentKey] = [], onListed: @escaping @Sendable () -> Void = {},
        _ configure: @escaping @Sendable (ConfigWatcher<Value>) -> Void
    ) -> FollowedPrefix<Value> {
        let followed = FollowedPrefix<Value>(prefix, logger: engine.logger, onListed: onListed) { [weak self] key in
            self?.add(key, decoder, options, isFound: true, configure)
        }
        engine.add(prefix: followed, known: known)
        return followed
    }
}
