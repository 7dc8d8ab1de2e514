import ConfigModel
public import Logging
public import WatcherCore

extension ConfigWatcher where Value: Decodable {
    /// Makes a watcher whose value is decoded from the document.
    ///
    /// ```swift
    /// let watcher = try ConfigWatcher<ParsingConfig>(
    ///     key: "parsing/prod", source: .registry("http://127.0.0.1:8000"), cache: .directory("parsing-cache"))
    /// ```
    ///
    /// - Parameters:
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - source: where the document comes from, for example `.registry("http://127.0.0.1:8000")` of the module
    ///     RegistrySource.
    ///   - cache: where to keep what ran last.
    ///   - options: how to decide.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    /// - Throws: `WatcherError` with code `invalidOptions` when the key is none, or the options do not fit, also to the source.
    public convenience init(
        key: String, source: some ConfigSource, cache: ConfigCache = .none, options: WatcherOptions = WatcherOptions(),
        logger: Logger? = .watcher
    ) throws(WatcherError) {
        let key = try DocumentKey.watched(key)
        let decoder = ConfigDecoder<Value>.json(options.keys)
        let options = try options.checked(for: source)
        try options.check(
            for: key, interval: source.proofInterval(options), cache: cache, decoder: decoder)
        self.init(key, source: source, cache: cache, options: options, decoder: decoder, logger: logger)
    }
}

extension ConfigWatcher where Value == ConfigDocument {
    /// Makes a watcher without a type of its own: read it by path, or pass the document on.
    ///
    /// - Parameters:
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - source: where the document comes from, for example `.registry("http://127.0.0.1:8000")` of the module
    ///     RegistrySource.
    ///   - cache: where to keep what ran last.
    ///   - options: how to decide.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    /// - Throws: `WatcherError` with code `invalidOptions` when the key is none, or the options do not fit, also to the source.
    public convenience init(
        key: String, source: some ConfigSource, cache: ConfigCache = .none, options: WatcherOptions = WatcherOptions(),
        logger: Logger? = .watcher
    ) throws(WatcherError) {
        let key = try DocumentKey.watched(key)
        let decoder = ConfigDecoder<ConfigDocument>.document
        let options = try options.checked(for: source)
        try options.check(
            for: key, interval: source.proofInterval(options), cache: cache, decoder: decoder)
        self.init(key, source: source, cache: cache, options: options, decoder: decoder, logger: logger)
    }
}
