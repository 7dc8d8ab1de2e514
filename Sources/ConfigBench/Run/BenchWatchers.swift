import ConfigModel
import ConfigRegistry
import ConfigSignatures
import ConfigStore
import ConfigWatcher
import EventBus
import Logging
import RabbitBus
import RegistryClient
import RegistrySource

/// The watchers of a benchmark: each with a source of its own, all in this process.
struct BenchWatchers: Sendable {
    /// Connections that one HTTP client holds.
    private static let watchersPerClient = 1_000
    /// Watchers that start at the same time.
    private static let batch = 50

    private let groups: [WatcherGroup]
    private let plan: BenchPlan
    private let recorder: UpdateRecorder
    /// One element for each document that a watcher has looked at again after it was bound.
    private let freshReads: AsyncStream<Void>

    init(_ plan: BenchPlan, _ environment: BenchEnvironment, url: String, recorder: UpdateRecorder) throws {
        let (freshReads, freshRead) = AsyncStream<Void>.makeStream()
        var events = EventSource.serverSentEvents
        if plan.transport == .amqp {
            let bus = try environment.servers.bus(logger: environment.logger).bus
            events = .bus(
                MeasuringBus(bus: bus, recorder: recorder, isWatched: true), exchange: environment.servers.exchange)
        }
        var options = WatcherOptions(start: .requireFresh, pollInterval: .seconds(3_600))
        options.trustedKeys = try plan.signer.map { try TrustedKeys([$0.publicKey]) }
        var groups: [WatcherGroup] = []
        let newReader = {
            MeasuringRegistry(client: try RegistryClient(url: url, tls: plan.tls), recorder: recorder) {
                freshRead.yield()
            }
        }
        var reader = try newReader()
        for number in 0..<plan.watchers {
            if number > 0, number.isMultiple(of: Self.watchersPerClient) {
                reader = try newReader()
            }
            let group = WatcherGroup(
                source: RegistrySource(reading: reader, events: events), options: options, logger: environment.logger)
            for key in plan.keys { try group.watch(key: key.description) }
            group.observe { outcome in
                guard outcome.kind == .applied else { return }
                recorder.applied(VersionIdentity(key: outcome.key, version: outcome.version))
            }
            groups.append(group)
        }
        self.groups = groups
        self.plan = plan
        self.recorder = recorder
        self.freshReads = freshReads
    }

    /// Runs `body` when every watcher runs the first version of every document and receives the next ones.
    func run<Result: Sendable>(
        progress: any BenchProgress, _ body: () async throws -> Result
    ) async throws -> Result {
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            defer { tasks.cancelAll() }
            var freshReads = freshReads.makeAsyncIterator()
            for start in stride(from: 0, to: groups.count, by: Self.batch) {
                let end = min(start + Self.batch, groups.count)
                for group in groups[start..<end] {
                    tasks.addTask {
                        do {
                            try await group.run()
                        } catch {
                            recorder.fail(error)
                        }
                    }
                }
                for key in plan.keys {
                    try await recorder.waitUntilApplied(VersionIdentity(key: key, version: 1), by: end)
                }
                if plan.transport == .amqp {
                    for _ in 0..<(end - start) * plan.keys.count { _ = await freshReads.next() }
                }
                progress.step(end, of: groups.count)
            }
            return try await body()
        }
    }
}
