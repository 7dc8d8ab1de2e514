public import ConfigModel
public import ServiceLifecycle

/// Follows one document and keeps an application's value in step with it, without a restart.
///
/// ```swift
/// let watcher = try ConfigWatcher<ParsingConfig>(
///     key: "parsing/prod", registry: registry, events: .rabbitMQ(uri), cache: .directory("/var/lib/parsing/config"))
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

    init(_ parts: WatcherParts, decoder: ConfigDecoder<Value>, engine: WatchEngine, group: OutcomeHub?) {
        key = parts.key
        self.engine = engine
        isMember = group != nil
        staleLimit = parts.options.staleLimit(engine.source)
        let isOverlay = parts.options.overlay && parts.key.inDefaultEnvironment != nil
        reloader = ReloadPipeline(
            key: parts.key, isOverlay: isOverlay, decoder: decoder, schema: parts.options.schema?.schema,
            policy: parts.options.handlers, logger: engine.logger)
        let state = WatchState(
            key: parts.key, isOverlay: isOverlay, options: parts.options.decisions(engine.source), now: .now)
        let cache = parts.cache.directory.map { directory in
            CacheWriter(CacheFile(directory: directory, key: parts.key, isOverlay: isOverlay))
        }
        pipeline = WatchPipeline(
            state, reads: engine.reads, reloader: reloader, freshness: reloader.freshness, cache: cache,
            groupOutcomes: group, conditions: engine.conditions, logger: engine.logger)
    }

    /// Follows the document until the task is cancelled or the service group shuts down.
    ///
    /// A reload under way is finished at a graceful shutdown, and given up at a cancellation.
    ///
    /// - Throws: `WatcherError` when it runs already, when it belongs to a group (run the group), or when the policy for the
    ///   start or for deletions says so. Nothing that the registry, the bus or the disk does ends it otherwise.
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
}
