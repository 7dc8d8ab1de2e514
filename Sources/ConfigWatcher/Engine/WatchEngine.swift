import AsyncSupport
import ConfigModel
import Logging
import ServiceLifecycle
import Synchronization
import WatcherCore

/// Runs any number of watchers over one source. Watchers come and go while it runs.
///
/// A watcher that has nothing to do costs no task: one task takes all work, one waits for all moments, and a reload or a
/// write of a cache file has a task while it is under way.
final class WatchEngine: Sendable {
    let feed: SourceFeed
    let logger: Logger?
    let conditions: WatchConditions
    let work = WorkQueue()
    let metrics: MetricsReporter?
    let lanes = DecodeLanes()
    /// Holds what was published together until it can be applied together; nil when each version is applied by itself.
    let gate: SetGate?
    let swaps = SwapLock()
    let source: any ConfigSource
    private let members = Mutex(Members())
    private let isRunning = Atomic<Bool>(false)
    /// A call waits for `run`, and the log says so.
    private let isExpected = Atomic<Bool>(false)

    private struct Members {
        var pipelines: [ObjectIdentifier: WatchPipeline] = [:]
        var isStopping = false

        var isOver: Bool { isStopping && pipelines.isEmpty }
    }

    init(
        source: any ConfigSource, changeSets: ChangeSetPolicy = .each, logger: Logger?, metrics: WatcherMetrics? = nil
    ) {
        self.metrics = metrics.map(MetricsReporter.init)
        self.source = source
        self.logger = logger
        conditions = WatchConditions(logger: logger)
        let feed = SourceFeed(
            conditions: conditions, wantsChangeSets: changeSets == .together, logger: logger)
        self.feed = feed
        gate =
            changeSets == .each
            ? nil
            : SetGate(
                followers: { key in feed.followers(of: key).compactMap { $0 as? WatchPipeline } },
                begin: { [work] in work.add(.reload($0)) })
    }

    /// How often a document is read although nothing was announced.
    func pollInterval(_ options: WatcherOptions) -> Duration { source.pollInterval ?? options.pollInterval }

    /// Whether the source's word makes a version the newest.
    var provesFreshness: Bool { source.provesFreshness }

    /// True when placeholders stay as they are, and the application has not said that they should.
    func ignoresPlaceholders(_ options: WatcherOptions) -> Bool {
        options.placeholders == nil && source.placeholders == .none && !options.keepsSecretReferences
    }

    /// How long further changes are waited for.
    func debounce(_ options: WatcherOptions) -> DebounceStrategy { options.debounce ?? source.debounce }

    /// What the source's events are called in the history.
    var sourceTrigger: ReloadTrigger { source.trigger }

    /// Which placeholders are replaced.
    func placeholders(_ options: WatcherOptions) -> Placeholders { options.placeholders ?? source.placeholders }

    /// When a watcher without proof counts as stale.
    func staleLimit(_ options: WatcherOptions) -> Duration {
        options.staleAfter ?? source.staleAfter ?? pollInterval(options) * 3
    }

    /// How often there is a proof that the newest version is known.
    func proofInterval(_ options: WatcherOptions) -> Duration { source.proofInterval(options) }

    /// The options with the keys that the source is checked with.
    func checked(_ options: WatcherOptions) throws(WatcherError) -> WatcherOptions { try options.checked(for: source) }

    /// Refuses a prefix that the source cannot follow.
    func check(_ prefix: DocumentPrefix) throws(WatcherError) { try source.check(prefix) }

    /// What is on this machine needs no cache.
    var isSourceLocal: Bool { source.isLocal }

    /// Adds a watcher, which runs as soon as the engine does.
    ///
    /// - Parameter found: the document that the source found and says more about by itself.
    func add(_ pipeline: WatchPipeline, found: DocumentKey? = nil) {
        let isAccepted = members.withLock { members in
            if !members.isStopping { members.pipelines[pipeline.id] = pipeline }
            return !members.isStopping
        }
        guard isAccepted else { return pipeline.end() }
        metrics?.follow()
        work.add(.start(pipeline.id))
        feed.add(pipeline, isRunning: isRunning.load(ordering: .acquiring), found: found)
    }

    /// Follows whatever there is below a prefix.
    ///
    /// - Parameter known: what is followed before the source has named it.
    func add(prefix follower: any PrefixFollower, known: [DocumentKey]) {
        feed.add(prefix: follower, known: known, isRunning: isRunning.load(ordering: .acquiring))
    }

    /// Ends a watcher after the reload under way.
    func remove(_ pipeline: WatchPipeline) {
        feed.remove(pipeline)
        pipeline.receive(.stop)
    }

    /// Reads every document now, and tries again at once what is waiting for that.
    func reload(_ trigger: ReloadTrigger) {
        for pipeline in pipelines { pipeline.receive(.refresh(trigger)) }
    }

    /// Ends `run` after the reloads under way.
    func stop() {
        members.withLock { $0.isStopping = true }
        for pipeline in pipelines { pipeline.receive(.stop) }
        work.add(.stop)
    }

    /// Runs until it is stopped, its task is cancelled or the service group shuts down.
    ///
    /// - Throws: `WatcherError` when the policy of a watcher says so.
    func run() async throws {
        guard !isRunning.exchange(true, ordering: .acquiringAndReleasing) else {
            throw WatcherError(.alreadyRunning, "This watcher runs already, or ran before.")
        }
        let result = await runUntilStopped()
        close()
        // What was not read holds its watcher.
        for await _ in feed.requests {}
        try result.get()
    }

    /// A call waits until `run` is called. That is said, once, when it does not come soon.
    func expectRun(of key: DocumentKey, within limit: Duration = .seconds(2)) {
        guard let logger, !isRunning.load(ordering: .acquiring),
            !isExpected.exchange(true, ordering: .acquiringAndReleasing)
        else { return }
        Task { [weak self] in
            try await Task.sleep(for: limit)
            guard let self, !isRunning.load(ordering: .acquiring) else { return }
            logger.warning(
                "a call waits for run(), which was not called: add the watcher or its group to the services, or run it in a task",
                metadata: [WatcherLogKey.document: "\(key)"])
        }
    }

    private func runUntilStopped() async -> Result<Void, any Error> {
        do {
            try await runTasks()
            return .success(())
        } catch {
            return .failure(error)
        }
    }

    private func runTasks() async throws {
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                defer { group.cancelAll() }
                group.addTask { await self.source.run(self.feed) }
                group.addTask { await self.work.timer.run(self.tick) }
                if let metrics { group.addTask { await metrics.run { self.pipelines.map(\.figures) } } }
                try await self.doWork(&group)
            }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    private var pipelines: [WatchPipeline] { members.withLock { Array($0.pipelines.values) } }

    private func doWork(_ group: inout ThrowingDiscardingTaskGroup<any Error>) async throws {
        for await item in work.items {
            switch item {
            case .start(let id):
                guard let pipeline = pipeline(id) else { break }
                if pipeline.cache == nil { pipeline.start() } else { group.addTask { await pipeline.startFromCache() } }
            case .perform(let action, let id):
                guard let pipeline = pipeline(id) else { break }
                switch action {
                case .fail(let error):
                    // A document below a prefix comes and goes.
                    if pipeline.isFound, error.code == .noConfiguration {
                        remove(pipeline)
                        break
                    }
                    stop()
                    throw error
                case .stopped: end(pipeline)
                default: group.addTask { await pipeline.perform(action) }
                }
            case .reload(let members):
                let reload = SetReload(members: members, swaps: swaps) { [gate] in gate?.refused($0) }
                group.addTask { await reload.run() }
            case .stop: break
            }
            if members.withLock({ $0.isOver }) { return }
        }
    }

    private func pipeline(_ id: ObjectIdentifier) -> WatchPipeline? { members.withLock { $0.pipelines[id] } }

    private func tick(_ id: ObjectIdentifier) { pipeline(id)?.receive(.tick) }

    private func end(_ pipeline: WatchPipeline) {
        members.withLock { _ = $0.pipelines.removeValue(forKey: pipeline.id) }
        feed.remove(pipeline)
        pipeline.end()
        metrics?.finish(pipeline.figures)
        gate?.remove(pipeline)
    }

    /// Ends watchers that are left; those that are added later do not run.
    func close() {
        stop()
        work.close()
        feed.close()
        for pipeline in pipelines { end(pipeline) }
        feed.forgetPrefixes()
    }
}
