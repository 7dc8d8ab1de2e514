import ConfigModel
import Logging
import RegistryClient
import ServiceLifecycle
import Synchronization

/// Runs any number of watchers over one source: one subscription feeds them all, watchers come and go while it runs.
final class WatchEngine: Sendable {
    let registry: any RegistryReading
    let reads: HeadReads
    let source: EventSource
    let logger: Logger?
    let conditions: WatchConditions
    private let members = Mutex(WatchMembers())
    private let counts = Mutex(EngineCounters())
    private let joining: AsyncStream<Joining>
    private let joiningContinuation: AsyncStream<Joining>.Continuation
    private let planChanges: AsyncStream<Void>
    private let planContinuation: AsyncStream<Void>.Continuation
    private let isRunning = Atomic<Bool>(false)

    /// A watcher on its way into the engine.
    private struct Joining {
        let pipeline: WatchPipeline
        let question: FirstRead
    }

    init(registry: any RegistryReading, source: EventSource, logger: Logger?) {
        self.registry = registry
        conditions = WatchConditions(source: source, logger: logger)
        reads = HeadReads(registry, conditions: conditions)
        self.source = source
        self.logger = logger
        (joining, joiningContinuation) = AsyncStream.makeStream(of: Joining.self)
        (planChanges, planContinuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// What came over the sources and belonged to no watcher.
    var counters: EngineCounters { counts.withLock { $0 } }

    func count(_ change: (inout EngineCounters) -> Void) { counts.withLock { change(&$0) } }

    /// The watchers that follow a document.
    func followers(of key: DocumentKey) -> [WatchPipeline] { members.withLock { $0.followers(of: key) } }

    /// All watchers.
    var pipelines: [WatchPipeline] { members.withLock { Array($0.pipelines.values) } }

    /// The documents that are followed.
    var documents: [DocumentKey] { members.withLock { $0.documents } }

    /// What has to be subscribed to at present.
    var plan: SubscriptionPlan { SubscriptionPlan(documents) }

    /// Adds a watcher, which runs as soon as the engine does.
    func add(_ pipeline: WatchPipeline) {
        guard members.withLock({ $0.add(pipeline) }) else { return pipeline.abandon() }
        // A source that stands will not tell this watcher's head by itself when its subscription need not change.
        let question: FirstRead =
            isRunning.load(ordering: .acquiring) ? .stored : source.tellsHeads ? .nothing : .remembered
        joiningContinuation.yield(Joining(pipeline: pipeline, question: question))
        planContinuation.yield()
    }

    /// Ends a watcher after the reload under way.
    func remove(_ pipeline: WatchPipeline) {
        members.withLock { $0.remove(pipeline) }
        planContinuation.yield()
        pipeline.stop()
    }

    /// Asks the registry about every document now, and tries again at once what is waiting for that.
    func reload() {
        for pipeline in pipelines { pipeline.receive(.asked) }
    }

    /// Ends `run` after the reloads under way.
    func stop() {
        let pipelines = members.withLock { members in
            members.stop()
            return Array(members.pipelines.values)
        }
        joiningContinuation.finish()
        for pipeline in pipelines { pipeline.stop() }
    }

    /// Runs until it is stopped, its task is cancelled or the service group shuts down.
    ///
    /// - Throws: `WatcherError` when the policy of a watcher says so.
    func run() async throws {
        guard !isRunning.exchange(true, ordering: .acquiringAndReleasing) else {
            throw WatcherError(.alreadyRunning, "This watcher runs already, or ran before.")
        }
        defer { abandonMembers() }
        try await withGracefulShutdownHandler {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await self.feed() }
                group.addTask { await self.reads.run() }
                defer { group.cancelAll() }
                try await self.runMembers()
            }
        } onGracefulShutdown: {
            self.stop()
        }
    }

    /// Watchers that were added too late will not run.
    private func abandonMembers() {
        stop()
        for pipeline in pipelines { pipeline.abandon() }
    }

    private func runMembers() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            for await joining in joining {
                group.addTask { try await self.run(joining) }
            }
        }
    }

    private func run(_ joining: Joining) async throws {
        do {
            try await joining.pipeline.run(asking: joining.question)
        } catch {
            stop()
            throw error
        }
        members.withLock { $0.remove(joining.pipeline) }
    }

    /// Keeps what is subscribed in step with the watchers that there are.
    private func feed() async {
        guard let feed = source.feed(into: self) else { return }
        var changes = planChanges.makeAsyncIterator()
        var plan = plan
        while !Task.isCancelled {
            await withTaskGroup(of: Void.self) { group in
                if !plan.isEmpty { group.addTask { [plan] in await feed.run(plan) } }
                let subscribed = plan
                while plan == subscribed, await changes.next() != nil { plan = self.plan }
                group.cancelAll()
            }
        }
    }
}
