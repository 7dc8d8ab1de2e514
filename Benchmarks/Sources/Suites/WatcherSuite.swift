import ConfigModel
import ConfigWatcher
import RegistryAPI
import RegistryClient
import RegistrySource

/// Reading what a watcher runs, and applying a version, from the event to the swap.
struct WatcherSuite {
    private static let applications = 200

    private let sample: Sample

    init(_ sample: Sample) { self.sample = sample }

    func measure() async throws -> [Measurement] {
        let registry = SampleRegistry(first: sample.record)
        let group = WatcherGroup(
            source: RegistrySource(reading: registry, events: .serverSentEvents),
            options: WatcherOptions(trustedKeys: sample.trusted, pollInterval: .seconds(3_600)))
        let watcher = try group.watch(key: "parsing/prod")
        let (outcomes, outcome) = AsyncStream<ContinuousClock.Instant>.makeStream()
        group.observe { _ in outcome.yield(.now) }
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            defer { tasks.cancelAll() }
            var applied = outcomes.makeAsyncIterator()
            _ = await applied.next()
            var measurements = [
                try Benchmark("watcher read snapshot, \(sample.name)") { watcher.current }.measure(),
                try Benchmark("watcher read value by path, \(sample.name)") {
                    watcher.get("listener-1000.port", default: 0)
                }.measure(),
            ]
            var samples: [Double] = []
            var last = sample.record
            for number in 1...Self.applications {
                last = try Sample.record(
                    number.isMultiple(of: 2) ? sample.content : sample.changed, version: Int64(number + 1), after: last,
                    sample.signer)
                let event = ConfigEvent(last, inlineLimit: .max)
                let start = ContinuousClock.now
                registry.send(event)
                if let end = await applied.next() { samples.append((end - start).nanoseconds) }
            }
            measurements.append(Measurement(name: "watcher apply a proven event, \(sample.name)", samples: samples))
            return measurements
        }
    }
}

/// A registry of one document that says what it is told to say.
private struct SampleRegistry: RegistryReading {
    private let first: VersionRecord
    private let events: AsyncStream<ConfigEvent>
    private let continuation: AsyncStream<ConfigEvent>.Continuation

    init(first: VersionRecord) {
        self.first = first
        (events, continuation) = AsyncStream<ConfigEvent>.makeStream()
    }

    func send(_ event: ConfigEvent) { continuation.yield(event) }

    func readHeads(
        _ requests: [DocumentRequest], isFresh: Bool
    ) async throws(RegistryClientError) -> [RegistryClient.HeadResult] { requests.map { _ in .success(.unknown) } }

    func documents(below prefix: DocumentPrefix) async throws(RegistryClientError) -> [DocumentKey] { [] }

    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        try handle(.event(ConfigEvent(first, inlineLimit: .max)))
        try handle(.synced(epoch: first.epoch, count: 1))
        for await event in events { try handle(.event(event)) }
    }
}
