public import ConfigModel
public import EventBus
public import Logging
public import RegistryClient

extension ConfigWatcher where Value == ConfigDocument {
    /// Makes a watcher without a type of its own: read it by path, or pass the document on.
    ///
    /// - Parameters:
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - registry: the registry to ask.
    ///   - events: where to hear of new versions.
    ///   - cache: where to keep what ran last.
    ///   - options: how to decide.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    /// - Throws: `InvalidName` when the key is none.
    public convenience init(
        key: String, registry: RegistryClient, events: EventSource = .serverSentEvents, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), logger: Logger? = .watcher
    ) throws(InvalidName) {
        let engine = WatchEngine(registry: registry, source: events, logger: logger)
        let parts = WatcherParts(key: try DocumentKey(parsing: key), cache: cache, options: options)
        self.init(parts, decoder: .document, engine: engine, group: nil)
        engine.add(pipeline)
    }

    /// Makes a watcher without a type of its own that hears of new versions over a message bus.
    ///
    /// - Parameters:
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - registry: the registry to ask.
    ///   - events: for example `.rabbitMQ("amqps://...")` of the module RabbitBus.
    ///   - cache: where to keep what ran last.
    ///   - options: how to decide.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    /// - Throws: `InvalidName` when the key is none.
    public convenience init(
        key: String, registry: RegistryClient, events: some EventBus, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), logger: Logger? = .watcher
    ) throws(InvalidName) {
        try self.init(
            key: key, registry: registry, events: .bus(events), cache: cache, options: options, logger: logger)
    }
}
