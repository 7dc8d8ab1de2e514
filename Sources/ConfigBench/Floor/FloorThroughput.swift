import ConfigModel
import ConfigRegistry
import ConfigStore
import EventBus
import Logging
import ServiceLifecycle
import Synchronization

/// How fast store and bus take versions without the registry: insert, publish confirmed, mark, by as many writers at the
/// same time and to as many queues.
struct FloorThroughput: Sendable {
    let plan: BenchPlan
    let environment: BenchEnvironment
    let store: FloorStore

    /// Writes so many versions and returns how long it took until all are marked.
    func measure(_ count: Int) async throws -> Duration {
        let (bus, services) = try environment.floorServers.bus(logger: environment.logger)
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            defer { tasks.cancelAll() }
            for service in services { tasks.addTask { try await service.run() } }
            for await status in bus.statusUpdates where status == .connected { break }
            let receivers = plan.transport == .amqp ? plan.watchers : 0
            let (subscriptions, subscribed) = AsyncStream<Void>.makeStream()
            let patterns = plan.keys.count <= 64 ? plan.keys.map(RoutingKey.document) : ["config.bench.#"]
            for _ in 0..<receivers {
                tasks.addTask { try await receive(patterns, from: bus) { subscribed.yield() } }
            }
            var waiting = subscriptions.makeAsyncIterator()
            for _ in 0..<receivers { _ = await waiting.next() }
            let epoch = try await store.store.epoch()
            let start = ContinuousClock.now
            try await write(count, epoch, bus)
            return ContinuousClock.now - start
        }
    }

    private func receive(
        _ patterns: [String], from bus: any EventBus, _ onSubscribed: @Sendable () -> Void
    ) async throws {
        try await bus.withSubscription(BusSubscription(patterns: patterns)) { signals in
            for await signal in signals {
                switch signal {
                case .subscribed: onSubscribed()
                case .delivery(let delivery): delivery.acknowledge()
                case .interrupted: break
                }
            }
        }
    }

    private func write(_ count: Int, _ epoch: Epoch, _ bus: any EventBus) async throws {
        let numbers = SharedCounter()
        let (confirmed, confirmation) = AsyncStream<VersionIdentity>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await mark(count, confirmed) }
            for writer in 0..<plan.writers {
                tasks.addTask {
                    // One document a writer, so that no two of them make the same version.
                    let key = try DocumentKey(service: "bench.\(writer + 1)", environment: "bench")
                    let last = try await store.store.head(of: key)?.record
                    let connection = try store.newWriter()
                    var records = FloorRecords(plan, key: key, epoch: epoch, after: last)
                    while numbers.increment() <= count {
                        let record = try records.next()
                        _ = try await connection.timeInsert(record)
                        try await bus.publish(BusMessage(announcing: ConfigEvent(record)))
                        confirmation.yield(VersionIdentity(key: record.key, version: record.version))
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }

    /// Marks as the registry does: what has gathered in the same time, together.
    private func mark(_ count: Int, _ confirmed: AsyncStream<VersionIdentity>) async throws {
        let gathered = GatheredVersions()
        let (wakes, wake) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                for await version in confirmed {
                    gathered.append(version)
                    wake.yield()
                }
            }
            var marked = 0
            for await _ in wakes {
                try await Task.sleep(for: RegistryOptions().markDelay)
                let batch = gathered.takeAll()
                try await store.store.markAnnounced(batch)
                marked += batch.count
                if marked == count { break }
            }
            tasks.cancelAll()
        }
    }
}

/// What was confirmed and is not marked yet.
private final class GatheredVersions: Sendable {
    private let versions = Mutex<[VersionIdentity]>([])

    func append(_ version: VersionIdentity) { versions.withLock { $0.append(version) } }

    func takeAll() -> [VersionIdentity] {
        versions.withLock { versions in
            defer { versions = [] }
            return versions
        }
    }
}
