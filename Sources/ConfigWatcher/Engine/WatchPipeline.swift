import ConfigModel
import Logging
import Synchronization

/// One watcher without its type: takes what happens, lets `WatchState` decide, and does what was decided.
///
/// Decisions are made under a lock by whoever brings the news, so that nothing waits behind anything; all that takes time
/// runs in tasks of `run`.
final class WatchPipeline: Sendable {
    let key: DocumentKey
    /// The document underneath, with overlay.
    let base: DocumentKey?
    /// True when the registry is asked about what comes over the bus, for want of trusted keys.
    let asksAboutEvents: Bool
    let outcomes = OutcomeHub()
    let tickets = Tickets()
    let reads: HeadReads
    let reloader: any Reloading
    let cache: CacheWriter?
    let logger: Logger?
    let conditions: WatchConditions
    private let freshness: Freshness
    /// Told about every outcome too.
    private let groupOutcomes: OutcomeHub?
    private let state: Mutex<State>
    private let lifecycle = Mutex(Lifecycle.idle)
    private let work: AsyncStream<WatchWork>
    private let questions = PromptTasks()
    private let workContinuation: AsyncStream<WatchWork>.Continuation
    let cacheFailures = Atomic<Int>(0)

    enum Lifecycle: Sendable {
        case idle
        case running
        case ended
    }

    private struct State {
        var decisions: WatchState
        /// Decided, not done yet.
        var actions: [WatchAction] = []
        /// Somebody is doing what was decided.
        var isActing = false
    }

    init(
        _ state: WatchState, reads: HeadReads, reloader: any Reloading, freshness: Freshness,
        cache: CacheWriter?, groupOutcomes: OutcomeHub?, conditions: WatchConditions, logger: Logger?
    ) {
        key = state.key
        base = state.proofs.base?.key
        asksAboutEvents = state.proofs.main.trust.keys == nil
        self.reads = reads
        self.reloader = reloader
        self.freshness = freshness
        self.cache = cache
        self.groupOutcomes = groupOutcomes
        self.conditions = conditions
        self.logger = logger
        self.state = Mutex(State(decisions: state))
        (work, workContinuation) = AsyncStream.makeStream(of: WatchWork.self)
    }

    /// The documents that it follows.
    var documents: [DocumentKey] { [key] + (base.map { [$0] } ?? []) }

    /// Takes what happened.
    func receive(_ input: WatchInput) {
        if let job = take(input) { workContinuation.yield(.reload(job)) }
    }

    /// Takes what happened, and answers the reload that is to be made, for a task that can make it as well as any other.
    ///
    /// What was decided first is done first, whoever does it: outcomes are told in the order in which they came about.
    func take(_ input: WatchInput) -> ReloadJob? {
        var job: ReloadJob?
        var mayAct = state.withLock { state in
            state.actions += state.decisions.receive(input, at: .now)
            if let proof = state.decisions.lastProof { freshness.prove(at: proof) }
            defer { state.isActing = true }
            return !state.isActing
        }
        while mayAct {
            let actions = state.withLock { state in
                defer { state.actions = [] }
                state.isActing = !state.actions.isEmpty
                return state.actions
            }
            for action in actions {
                // One at most: the next is decided when it has ended.
                if case .run(let next) = action { job = next } else { act(action) }
            }
            mayAct = !actions.isEmpty
        }
        return job
    }

    /// Looks at the decisions' state.
    func inspect<Result>(_ body: (WatchState) -> Result) -> Result { state.withLock { body($0.decisions) } }

    /// Whether `run` was called and has returned.
    var phase: Lifecycle { lifecycle.withLock { $0 } }

    /// Runs until it is stopped or its task is cancelled.
    ///
    /// - Throws: `WatcherError` when a policy says so.
    func run(asking question: FirstRead) async throws {
        try begin()
        defer { end() }
        if let cached = await readCache() { receive(.restored(cached)) }
        receive(.started(question))
        try await questions.run { try await doWork() }
    }

    private func doWork() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            defer { group.cancelAll() }
            for await work in work {
                switch work {
                case .end: return
                case .fail(let error): throw error
                case .wake(let moment): group.addTask { await self.wake(at: moment) }
                default: group.addTask { await self.perform(work) }
                }
            }
        }
    }

    /// Ends `run` after the reload under way.
    func stop() { receive(.stop) }

    /// It will not run: nobody may wait for it.
    func abandon() {
        if phase == .idle { end() }
    }

    private func begin() throws(WatcherError) {
        let isFirst = lifecycle.withLock { lifecycle in
            defer { if lifecycle == .idle { lifecycle = .running } }
            return lifecycle == .idle
        }
        guard isFirst else { throw WatcherError(.alreadyRunning, "The watcher of \(key) runs already, or ran before.") }
    }

    private func end() {
        lifecycle.withLock { $0 = .ended }
        tickets.close(WatcherError(.notRunning, "The watcher of \(key) stopped."))
        outcomes.finish()
        workContinuation.finish()
    }

    private func act(_ action: WatchAction) {
        switch action {
        case .read(let request, let layer):
            let hasBegun = questions.start { await self.perform(.read(request, layer)) }
            if !hasBegun { workContinuation.yield(.read(request, layer)) }
        // Answered by `take`.
        case .run: break
        case .wake(let moment): workContinuation.yield(.wake(moment))
        case .touch: if cache != nil { workContinuation.yield(.touchCache) }
        case .save(let layers):
            guard let cache else { return }
            cache.save(layers)
            workContinuation.yield(.flushCache)
        case .missing: conditions.missing(key)
        case .unannounced(let document, let version): conditions.unannounced(document, version: version)
        case .report(let outcome):
            // What observes the group says it in its own way.
            if groupOutcomes?.isObserved != true { logger?.log(outcome) }
            outcomes.send(outcome)
            groupOutcomes?.send(outcome)
        case .complete(let ticket, let answer): tickets.resolve(ticket, answer)
        case .fail(let error): workContinuation.yield(.fail(error))
        case .stopped: workContinuation.yield(.end)
        }
    }
}
