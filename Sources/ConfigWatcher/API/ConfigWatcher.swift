public import ConfigModel
import Logging
public import ServiceLifecycle
import WatcherCore

/// Follows one document and keeps an application's value in step with it, without a restart.
///
/// ```swift
/// let watcher = try ConfigWatcher<ParsingConfig>(
///     key: "parsing/prod", source: .registry(client, events: .rabbitMQ(uri)), cache: .directory("/var/lib/parsing/config"))
/// watcher.onReload("database", priority: 50, timeout: .seconds(5)) { old, new in
///     try await pool.reconfigure(new.database)
/// }
/// try await watcher.run()             // a ServiceLifecycle Service
///
/// watcher.current.value?.database     // anywhere, at any time: never half of one version and half of another
/// ```
///
/// A version is applied after it was proven (by the registry, or by the signature of a trusted key), decoded, validated and
/// accepted by the handlers. Whatever is refused leaves what ran before running, and is reported by `outcomes`.
public final class ConfigWatcher<Value: Sendable>: Service {
    /// The document that is followed.
    public let key: DocumentKey

    let engine: WatchEngine
    let pipeline: WatchPipeline
    let reloader: ReloadPipeline<Value>
    let staleLimit: Duration
    let isMember: Bool

    /// A watcher that runs by itself.
    convenience init(
        _ key: DocumentKey, source: some ConfigSource, cache: ConfigCache, options: WatcherOptions,
        decoder: ConfigDecoder<Value>, logger: Logger?
    ) {
        let engine = WatchEngine(source: source, logger: logger, metrics: options.metrics)
        let parts = WatcherParts(key: key, cache: cache, options: options)
        self.init(parts, decoder: decoder, engine: engine, group: nil)
        engine.add(pipeline)
    }

    /// A watcher that the engine runs; the caller adds it there.
    ///
    /// - Parameter group: gets its outcomes too; nil when it runs by itself.
    init(_ parts: WatcherParts, decoder: ConfigDecoder<Value>, engine: WatchEngine, group: OutcomeHub?) {
        key = parts.key
        self.engine = engine
        isMember = group != nil
        let interval = engine.pollInterval(parts.options)
        staleLimit = engine.staleLimit(parts.options)
        let isOverlay = parts.options.overlay && parts.key.inDefaultEnvironment != nil
        reloader = ReloadPipeline(
            key: parts.key, isOverlay: isOverlay, decoder: decoder, lanes: engine.lanes,
            schema: parts.options.schema?.schema, policy: parts.options.handlers,
            validationTimeout: parts.options.validationTimeout, placeholders: engine.placeholders(parts.options),
            references: SecretReferences(parts.options), ignoresPlaceholders: engine.ignoresPlaceholders(parts.options),
            logger: engine.logger, tracer: parts.options.tracer, traces: engine.feed.traces)
        let state = WatchState(
            key: parts.key, isOverlay: isOverlay,
            options: WatchOptions(
                trustedKeys: parts.options.trustedKeys, pollInterval: max(interval, .milliseconds(10)),
                start: parts.options.start, deletion: parts.options.deletion, retry: parts.options.retry,
                staleness: parts.options.staleness, history: parts.options.history,
                goodVersions: parts.options.goodVersions, debounce: engine.debounce(parts.options),
                keepsSets: engine.gate != nil, sourceTrigger: engine.sourceTrigger,
                provesFreshness: engine.provesFreshness, isOnDemand: parts.options.isOnDemand),
            now: .now)
        let directory = engine.isSourceLocal ? nil : parts.cache.directory
        let cache = directory.map { directory in
            let file = CacheFile(directory: directory, key: parts.key, isOverlay: isOverlay)
            let count = parts.options.goodVersionsOnDisk ? parts.options.goodVersions : 0
            return CacheWriter(file, good: count > 0 ? GoodVersionFolder(beside: file, count: count) : nil)
        }
        pipeline = WatchPipeline(
            state, reloader: reloader, freshness: reloader.freshness, cache: cache,
            engine: PipelineEngine(
                feed: engine.feed, provesFreshness: engine.provesFreshness, work: engine.work, gate: engine.gate,
                outcomes: group, metrics: engine.metrics,
                absence: { [source = engine.source] in await source.absence(of: $0) }),
            logger: engine.logger, isFound: parts.isFound)
    }

    deinit {
        if !isMember { engine.close() }
    }

    /// Follows the document until the task is cancelled or the service group shuts down.
    ///
    /// A reload under way is finished at a graceful shutdown, and given up at a cancellation.
    ///
    /// - Throws: `WatcherError` when it runs already, when it belongs to a group (run the group), or when the policy for the
    ///   start, for deletions or for staleness says so. Nothing that the registry, the bus or the disk does ends it otherwise.
    public func run() async throws {
        guard !isMember else {
            throw WatcherError(.alreadyRunning, "The watcher of \(key) belongs to a group: run the group.")
        }
        try await engine.run()
    }
}

/// What describes one watcher.
struct WatcherParts: Sendable {
    let key: DocumentKey
    let cache: ConfigCache
    let options: WatcherOptions
    /// The document was found below a prefix.
    var isFound = false
}
