import AsyncSupport
import ConfigModel
import Logging
import Synchronization
import WatcherCore

/// One watcher without its type: takes what happens, lets `WatchState` decide, and has done what was decided.
///
/// Decisions are made under a lock by the task that brings the news, so that nothing waits behind anything; what takes time
/// is done by tasks of the engine.
final class WatchPipeline: SourceFollower {
    let key: DocumentKey
    let documents: [DocumentKey]
    let outcomes = OutcomeHub()
    let tickets = Tickets()
    let cache: CacheWriter?
    let logger: Logger?
    /// It was made for a document that was found below a prefix.
    let isFound: Bool
    private let reloader: any Reloading
    private let engine: PipelineEngine
    private let freshness: Freshness
    private let state: Mutex<State>
    private let cacheFailures = Atomic<Int>(0)
    /// What the log said last about the cache; nil while it works.
    private let cacheFailure = Mutex<CacheError?>(nil)

    private struct State {
        var decisions: WatchState
        /// Decided, not done yet.
        var actions: [WatchAction] = []
        /// A task is doing what was decided.
        var isActing = false
        var hasEnded = false
    }

    init(
        _ state: WatchState, reloader: any Reloading, freshness: Freshness, cache: CacheWriter?, engine: PipelineEngine,
        logger: Logger?, isFound: Bool = false
    ) {
        key = state.key
        documents = state.documents
        self.reloader = reloader
        self.freshness = freshness
        self.cache = cache
        self.engine = engine
        self.logger = logger
        self.isFound = isFound
        self.state = Mutex(State(decisions: state))
    }

    /// Names it in the engine.
    var id: ObjectIdentifier { ObjectIdentifier(self) }

    /// False when `run` has returned, or the watcher was removed from its group.
    var isFollowing: Bool { state.withLock { !$0.hasEnded } }

    /// Takes what happened.
    ///
    /// What was decided first is done first, whichever task does it: outcomes are reported in the order in which they came
    /// about.
    func receive(_ input: WatchInput) {
        var mayAct = state.withLock { state in
            state.actions += state.decisions.receive(input, at: .now)
            if engine.provesFreshness, let proof = state.decisions.lastProof { freshness.prove(at: proof) }
            defer { state.isActing = true }
            return !state.isActing
        }
        while mayAct {
            let actions = state.withLock { state in
                defer { state.actions = [] }
                state.isActing = !state.actions.isEmpty
                return state.actions
            }
            for action in actions { act(action) }
            mayAct = !actions.isEmpty
        }
    }

    /// Looks at the decisions' state.
    func inspect<Result>(_ body: (WatchState) -> Result) -> Result { state.withLock { body($0.decisions) } }

    func confirmedVersion(of key: DocumentKey) -> DocumentVersion? { inspect { $0.confirmedVersion(of: key) } }

    /// What the watcher is doing; stale when the last proof is older than `limit`.
    func watcherState(staleAfter limit: Duration) -> WatcherState {
        let age = freshness.age
        return state.withLock { $0.hasEnded ? .stopped : $0.decisions.state(staleAfter: limit, age: age) }
    }

    /// The numbers that the watcher keeps.
    var statistics: WatcherStatistics {
        var statistics = inspect(\.statistics)
        let counters = engine.feed.counters
        statistics.unreadableEvents = counters.unreadableEvents
        statistics.refusedMessages = counters.refusedMessages
        statistics.interruptions = counters.interruptions
        statistics.sourceFailure = engine.feed.conditions.sourceFailure
        statistics.lastFailure = engine.feed.conditions.lastFailure
        statistics.cacheFailures = cacheFailures.load(ordering: .relaxed)
        statistics.stuckHandlers = reloader.stuckHandlers
        statistics.staleness = freshness.age
        return statistics
    }

    /// The same, with the watcher's name.
    var figures: WatcherFigures { WatcherFigures(id: id, key: key, statistics: statistics) }

    /// Whether the watcher does what its application needs.
    func health(staleAfter limit: Duration, loadedAt: Timestamp?) -> WatcherHealth {
        let (age, stuck) = (freshness.age, reloader.stuckHandlers)
        return state.withLock { state in
            let doing = state.hasEnded ? .stopped : state.decisions.state(staleAfter: limit, age: age)
            return state.decisions.health(doing, age: age, loadedAt: loadedAt, stuckHandlers: stuck, at: .now)
        }
    }

    /// Begins.
    func start() { receive(.started) }

    /// Begins with what lies in the cache; a file that cannot be used is reported and made anew.
    func startFromCache() async {
        do {
            if let cached = try await cache?.read() { receive(.restored(cached)) }
        } catch {
            report(error)
        }
        if let cache {
            let good = await cache.readGoodVersions()
            for failure in good.failures { report(failure) }
            if !good.versions.isEmpty { receive(.restoredGood(good.versions)) }
        }
        start()
    }

    /// Nothing is done any more, and no caller waits any longer.
    func end() {
        state.withLock { $0.hasEnded = true }
        tickets.close(WatcherError(.notRunning, "The watcher of \(key) stopped."))
        outcomes.finish()
    }

    /// Does what takes time.
    func perform(_ action: WatchAction) async {
        switch action {
        case .run(let job): await reload(job)
        case .save: await useCache { cache throws(CacheError) in try await cache.flush() }
        case .touch: await useCache { cache throws(CacheError) in try await cache.touch() }
        case .missing: engine.feed.conditions.missing(key, reason: await engine.absence?(key))
        // These take no time, or are the engine's.
        case .withdraw, .read, .wake, .fail, .stopped, .report, .unannounced, .complete: break
        }
    }

    private func act(_ action: WatchAction) {
        switch action {
        case .read(let request): engine.feed.read(request, for: self)
        case .wake(let moment): engine.work.timer.add(id, at: moment)
        case .run(let job):
            if let gate = engine.gate { gate.admit(job, of: self) } else { engine.work.add(.perform(action, id)) }
        case .withdraw(let job): engine.gate?.withdraw(job, of: self)
        case .fail, .stopped: engine.work.add(.perform(action, id))
        case .touch: if cache != nil { engine.work.add(.perform(action, id)) }
        case .save(let layers):
            guard let cache else { return }
            cache.save(layers)
            engine.work.add(.perform(action, id))
        case .missing:
            // To find out where it is takes time.
            let isObserved = engine.feed.conditions.isObserved || engine.absence == nil
            if isObserved { engine.feed.conditions.missing(key) } else { engine.work.add(.perform(action, id)) }
        case .unannounced(let document, let version): engine.feed.conditions.unannounced(document, version: version)
        case .report(let outcome):
            // What observes the group says it in its own way.
            if engine.outcomes?.isObserved != true {
                logger?.log(outcome, isRunning: inspect { $0.runningVersion != nil })
            }
            engine.metrics?.report(outcome)
            outcomes.send(outcome)
            engine.outcomes?.send(outcome)
            // Others may have waited for this.
            engine.gate?.changed(self)
        case .complete(let ticket, let answer): tickets.resolve(ticket, answer)
        }
    }

    private func reload(_ job: ReloadJob) async {
        let (report, stuck) = await reloader.reload(job)
        receive(.finished(report))
        if !stuck.isEmpty { await wait(for: stuck) }
    }

    /// The first step of a reload that is made together with others.
    func prepare(_ job: ReloadJob) async -> any PreparedReload { await reloader.prepare(job) }

    /// Waits for handlers that are stuck.
    func wait(for stuck: [HandlerCall]) async {
        await withDiscardingTaskGroup { group in
            for call in stuck {
                group.addTask { if await call.end() { self.receive(.handlerReturned) } }
            }
        }
    }

    private func useCache(_ body: (CacheWriter) async throws(CacheError) -> Void) async {
        guard let cache else { return }
        do {
            try await body(cache)
            cacheFailure.withLock { $0 = nil }
        } catch {
            report(error)
        }
    }

    /// No caller waits for the cache: only the log, once for each reason, and a counter say it.
    private func report(_ error: CacheError) {
        cacheFailures.wrappingAdd(1, ordering: .relaxed)
        let isNews = cacheFailure.withLock { last in
            defer { last = error }
            return last != error
        }
        guard isNews else { return }
        logger?.warning(
            "the cache failed",
            metadata: [WatcherLogKey.document: "\(key)", WatcherLogKey.error: "\(error.description)"])
    }
}

/// What a watcher uses of its engine.
struct PipelineEngine: Sendable {
    let feed: SourceFeed
    /// Whether the source's word makes a version the newest.
    let provesFreshness: Bool
    let work: WorkQueue
    /// Holds what has to be applied together with others; nil when nothing has.
    var gate: SetGate?
    /// Gets every outcome too.
    let outcomes: OutcomeHub?
    let metrics: MetricsReporter?
    /// Says where a document that is not there was looked for.
    var absence: (@Sendable (DocumentKey) async -> String?)?
}
