import AsyncSupport
public import ConfigWatcher
public import Configuration
public import Logging
public import ServiceLifecycle

/// A document of the registry as a provider of swift-configuration: values change while the application runs.
///
/// ```swift
/// let registry = try await RegistryConfigProvider(key: "parsing/prod", source: .registry("http://127.0.0.1:8000"))
/// let config = ConfigReader(providers: [EnvironmentVariablesProvider(), registry])
///
/// let port = config.int(forKey: "http.port", default: 8080)
/// try await config.watchInt(forKey: "limits.requests", default: 100) { limits in
///     for await limit in limits { limiter.rate = limit }
/// }
/// try await ServiceGroup(services: [registry, server], logger: logger).run()
/// ```
///
/// Making it waits for the first version as `WatcherOptions.start` says: with the default for two seconds at most, after
/// which the application starts with its defaults or what the cache holds, and the values come when the registry does.
///
/// A key's components lead through the document's objects; each is the name of a member, byte by byte. A value that is absent,
/// null or an object is none, so that the next provider is asked. Looking up a value of another type throws, for that key only.
///
/// Every version is proven, validated and passed to handlers as by any other watcher, before readers see it; the provider's
/// own is `watcher`.
public final class RegistryConfigProvider: Service {
    /// The watcher behind it: its state, statistics and outcomes, `reload()`, `rollback(to:)`, handlers and validators.
    public let watcher: ConfigWatcher<ConfigDocument>
    /// `RegistryConfigProvider[service/environment]`.
    public let providerName: String

    let reading: ConfigReading
    let changes = ChangeSignals()
    let refresh: DocumentRefresh
    let hasTimeToLive: Bool
    /// Runs the watcher; nil for one that is run elsewhere.
    private let engine: Task<Void, any Error>?

    /// Makes a provider with a watcher of its own, and waits for its first version.
    ///
    /// - Parameters:
    ///   - key: `service/environment`, or `service` alone for the environment `default`.
    ///   - source: where the document comes from, for example `.registry("http://127.0.0.1:8000")` of the module
    ///     RegistrySource.
    ///   - mode: whether changes are followed, or the document is read when it is used and too old.
    ///   - cache: where to keep what ran last.
    ///   - options: how to decide.
    ///   - reading: how to make configuration values of the document's.
    ///   - logger: gets a line for each version that is applied or rejected, and for what is waited for; nil is silence.
    ///   - configure: registers handlers and validators before anything is loaded.
    /// - Throws: `WatcherError` when the key is none, the mode makes no sense, the options do not fit or the policy for the
    ///   start says so; `CancellationError`.
    public convenience init(
        key: String, source: some ConfigSource, mode: ProviderMode = .following, cache: ConfigCache = .none,
        options: WatcherOptions = WatcherOptions(), reading: ConfigReading = ConfigReading(),
        logger: Logger? = .watcher, configure: (ConfigWatcher<ConfigDocument>) throws -> Void = { _ in }
    ) async throws {
        try mode.check()
        let watcher = try ConfigWatcher<ConfigDocument>(
            key: key, source: mode.source(source), cache: cache, options: mode.options(options), logger: logger)
        try configure(watcher)
        self.init(watcher, mode, reading, engine: Task { try await watcher.run() })
        try await load(options.start, hasCache: cache != .none)
    }

    /// Makes a provider over a watcher that is run elsewhere, by itself or by its group.
    ///
    /// ```swift
    /// let watcher = try group.watch(key: "parsing/prod")
    /// let config = ConfigReader(provider: RegistryConfigProvider(watcher))
    /// ```
    ///
    /// - Parameters:
    ///   - watcher: the watcher. A fetch before it runs waits for it.
    ///   - reading: how to make configuration values of the document's.
    public convenience init(_ watcher: ConfigWatcher<ConfigDocument>, reading: ConfigReading = ConfigReading()) {
        self.init(watcher, .following, reading, engine: nil)
    }

    private init(
        _ watcher: ConfigWatcher<ConfigDocument>, _ mode: ProviderMode, _ reading: ConfigReading,
        engine: Task<Void, any Error>?
    ) {
        self.watcher = watcher
        self.reading = reading
        self.engine = engine
        providerName = "RegistryConfigProvider[\(watcher.key)]"
        let schedule = mode.schedule(now: .now)
        hasTimeToLive = schedule != nil
        refresh = DocumentRefresh(schedule) {
            do {
                _ = try await watcher.reload()
                return .success(())
            } catch {
                return .failure(error as? WatcherError ?? WatcherError(.notRunning, "\(error)"))
            }
        }
        // The one place where what the watcher does becomes news for what watches.
        watcher.observe { [changes] outcome in
            if outcome.kind != .rejected { changes.send() }
        }
    }

    deinit { engine?.cancel() }

    /// Waits until the service group shuts down or the task is cancelled, and ends the provider's watcher then. Values stay
    /// readable. With a time to live, or where nothing else has to be stopped, it need not be called.
    ///
    /// - Throws: `WatcherError` when the policy for the start or for deletions says so.
    public func run() async throws {
        guard let engine else {
            // The watcher ends with what runs it.
            try? await gracefulShutdown()
            return
        }
        try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                try await engine.value
            } onGracefulShutdown: { [watcher] in
                watcher.stop()
            }
        } onCancel: {
            engine.cancel()
        }
    }
}

extension RegistryConfigProvider: CustomStringConvertible {
    /// The provider's name.
    public var description: String { providerName }
}

// MARK: - The first version

extension RegistryConfigProvider {
    private func load(_ start: StartPolicy, hasCache: Bool) async throws {
        guard case .allowStale(_, let patience) = start else { return try await waitForValue() }
        let end = ContinuousClock.now + patience
        let isAnswered = (try? await withTimeout(patience) { [refresh] in try await refresh.fetch() }) != nil
        try Task.checkCancellation()
        guard !isAnswered, hasCache, watcher.current.value == nil else { return }
        // What is in the cache is being applied.
        let rest = max(end - .now, .seconds(1))
        _ = try? await withTimeout(rest) { [watcher] in try await watcher.ready() }
    }

    /// As long as it takes, or as the policy for the start allows.
    private func waitForValue() async throws {
        let reading = hasTimeToLive ? Task { [refresh] in await refresh.keepFresh() } : nil
        defer { reading?.cancel() }
        do {
            _ = try await watcher.ready()
        } catch let error as WatcherError {
            // Why it ended is what there is to say.
            try await engine?.value
            throw error
        }
    }
}
