import ConfigModel
public import EventBus
public import Logging
public import RegistryClient
public import ServiceLifecycle

/// Many watchers over one source: one subscription, however many documents are followed. Watchers come and go while it runs.
///
/// ```swift
/// let group = WatcherGroup(registry: registry, events: .serverSentEvents)
/// let parsing = try group.watch(ParsingConfig.self, key: "parsing/prod")
/// try await group.run()
/// ```
public final class WatcherGroup: Service {
    private let engine: WatchEngine
    private let cache: ConfigCache
    let options: WatcherOptions
    private let hub = OutcomeHub()

    /// Makes a group without watchers.
    ///
    /// - Parameters:
    ///   - registry: the registry to ask.
    ///   - events: where to hear of new versions.
    ///   - cache: where to keep what ran last.
    ///   - options: how watchers decide that are given none of their own.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    public convenience init(
        registry: RegistryClient, events: EventSource = .serverSentEvents, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), logger: Logger? = .watcher
    ) {
        self.init(reading: registry, events: events, cache: cache, options: options, logger: logger)
    }

    /// Makes a group without watchers that hears of new versions over a message bus.
    ///
    /// - Parameters:
    ///   - registry: the registry to ask.
    ///   - events: for example `.rabbitMQ("amqps://...")` of the module RabbitBus.
    ///   - cache: where to keep what ran last.
    ///   - options: how watchers decide that are given none of their own.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    public convenience init(
        registry: RegistryClient, events: some EventBus, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), logger: Logger? = .watcher
    ) {
        self.init(reading: registry, events: .bus(events), cache: cache, options: options, logger: logger)
    }

    /// Makes a group over anything that answers like a registry.
    package init(
        reading registry: any RegistryReading, events: EventSource, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), logger: Logger? = nil
    ) {
        engine = WatchEngine(registry: registry, source: events, logger: logger)
        self.cache = cache
        self.options = options
    }

    /// What all watchers of the group do with versions, from now on until `run()` ends.
    public var outcomes: AsyncStream<Outcome> { hub.outcomes() }

    /// Calls the closure with every outcome, at the moment when it came about, instead of logging it; it must not wait.
    package func observe(_ observer: @escaping @Sendable (Outcome) -> Void) { hub.observe(observer) }

    /// Sends what is waited for to a closure, at the moment when it begins or is over, instead of the log; it must not
    /// wait.
    package func observeConditions(_ observer: @escaping @Sendable (WatchCondition) -> Void) {
        engine.conditions.observe(observer)
    }

    /// Asks the registry about every document now, and applies what is newer. What was refused for a reason that passes is
    /// tried again at once.
    public func reload() { engine.reload() }

    /// Follows all documents until the task is cancelled or the service group shuts down.
    ///
    /// - Throws: `WatcherError` when it runs already, or when the policy of a watcher says so.
    public func run() async throws {
        defer { hub.finish() }
        try await engine.run()
    }

    /// Ends a watcher after the reload under way; the others are not affected.
    public func remove<Value: Sendable>(_ watcher: ConfigWatcher<Value>) { engine.remove(watcher.pipeline) }

    func add<Value: Sendable>(
        _ key: DocumentKey, _ decoder: ConfigDecoder<Value>, _ options: WatcherOptions?,
        _ configure: (ConfigWatcher<Value>) -> Void
    ) -> ConfigWatcher<Value> {
        let parts = WatcherParts(key: key, cache: cache, options: options ?? self.options)
        let watcher = ConfigWatcher(parts, decoder: decoder, engine: engine, group: hub)
        configure(watcher)
        engine.add(watcher.pipeline)
        return watcher
    }
}
