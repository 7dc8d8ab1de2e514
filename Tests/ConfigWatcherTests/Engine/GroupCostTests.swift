import ConfigModel
import EventBus
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

@Suite("What a change of a group's documents costs", .timeLimit(.minutes(1)))
struct GroupCostTests {
    enum Kind: CaseIterable, Sendable {
        case bus
        case stream
    }

    /// A running group and what its source did.
    private struct Scene {
        let registry = ScriptedRegistry()
        let bus = CountingBus()

        func group(_ kind: Kind) -> WatcherGroup {
            WatcherGroup(reading: registry, events: kind == .bus ? .bus(bus) : .serverSentEvents)
        }

        func subscriptions(_ kind: Kind) -> Int {
            kind == .bus ? bus.subscriptions : registry.knownOfWatches.count
        }

        /// Waits until nothing is read any more.
        func quiet() async throws {
            try await eventually("no more reads") {
                let count = registry.reads.count
                try await Task.sleep(for: .milliseconds(200))
                return registry.reads.count == count
            }
        }
    }

    private func histories(_ count: Int) throws -> [TestHistory] {
        try (0..<count).map { try TestHistory.numbered(1, "s\($0)/prod") }
    }

    @Test(arguments: Kind.allCases)
    func oneMoreOfManyDocumentsIsOneReadAndNoSubscriptionOneLessIsNothing(kind: Kind) async throws {
        let scene = Scene()
        let histories = try histories(201)
        for history in histories { scene.registry.set(history.version(1)) }
        let group = scene.group(kind)
        let watchers = try histories.dropLast().map { try group.watch(Numbered.self, key: "\($0.key)") }
        try await running(group) {
            for watcher in watchers { _ = try await watcher.ready() }
            try await scene.quiet()
            let (reads, subscriptions) = (scene.registry.reads.count, scene.subscriptions(kind))
            #expect(subscriptions == 1)

            let added = try group.watch(Numbered.self, key: "\(histories[200].key)")
            _ = try await added.ready()
            group.remove(watchers[0])
            try await eventually("ended") { watchers[0].state == .stopped }
            try await scene.quiet()
            #expect(scene.registry.reads.dropFirst(reads).map(\.key) == [added.key])
            #expect(scene.registry.reads.last?.isFresh == true)
            #expect(scene.subscriptions(kind) == subscriptions)
        }
    }

    @Test(arguments: Kind.allCases)
    func oneMoreOfFewDocumentsReplacesTheSubscriptionAndNoOtherDocumentIsRead(kind: Kind) async throws {
        let scene = Scene()
        var histories = try histories(4)
        for history in histories { scene.registry.set(history.version(1)) }
        let group = scene.group(kind)
        let watchers = try histories.dropLast().map { try group.watch(Numbered.self, key: "\($0.key)") }
        try await running(group) {
            for watcher in watchers { _ = try await watcher.ready() }
            try await scene.quiet()
            let reads = scene.registry.reads.count
            let added = try group.watch(Numbered.self, key: "\(histories[3].key)")
            _ = try await added.ready()
            try await eventually("replaced") { scene.subscriptions(kind) == 2 }
            try await scene.quiet()
            #expect(scene.registry.reads.dropFirst(reads).allSatisfy { $0.key == added.key })

            // What is announced to the new subscription reaches the old documents too.
            for index in [0, 3] {
                let record = try histories[index].publish("{\"n\":2}")
                scene.registry.publish(record)
                try await scene.bus.announce(record)
            }
            try await eventually("both have version 2") {
                watchers[0].current.version == 2 && added.current.version == 2
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func aHundredAddedOneByOneAreAllCoveredAndAtLastReplaceNoSubscription(kind: Kind) async throws {
        let scene = Scene()
        var histories = try histories(101)
        for history in histories { scene.registry.set(history.version(1)) }
        let group = scene.group(kind)
        let first = try group.watch(Numbered.self, key: "\(histories[0].key)")
        try await running(group) {
            _ = try await first.ready()
            let added = try histories.dropFirst().map { try group.watch(Numbered.self, key: "\($0.key)") }
            for watcher in added { _ = try await watcher.ready() }
            try await scene.quiet()
            // However fast one replaces the other: from 65 documents on there is nothing to replace.
            #expect(scene.subscriptions(kind) <= 65)
            for index in histories.indices {
                let record = try histories[index].publish("{\"n\":2}")
                scene.registry.publish(record)
                if kind == .bus { try await scene.bus.announce(record) }
            }
            try await eventually("all have version 2") {
                first.current.version == 2 && added.allSatisfy { $0.current.version == 2 }
            }
        }
    }

    @Test(arguments: [false, true])
    func watchersAndGroupsThatNeverRunAreReleasedAndSoAreThoseThatRan(runs: Bool) async throws {
        weak var engine: WatchEngine?
        weak var pipeline: WatchPipeline?
        do {
            let scene = WatcherScene(try TestHistory.numbered(1).head)
            let watcher = try scene.watcher()
            (engine, pipeline) = (watcher.engine, watcher.pipeline)
            if runs { try await running(watcher) { _ = try await watcher.ready() } }
        }
        try await eventually("released") { engine == nil && pipeline == nil }
    }
}

/// A bus that counts its subscriptions.
private final class CountingBus: EventBus {
    private let bus = InProcessBus()
    private let count = Mutex(0)

    var subscriptions: Int { count.withLock { $0 } }

    var status: BusStatus { bus.status }
    var statusUpdates: AsyncStream<BusStatus> { bus.statusUpdates }

    func announce(_ record: VersionRecord) async throws {
        let event = ConfigEvent(record, inlineLimit: .max)
        try await bus.publish(
            BusMessage(
                routingKey: "config.updated", copyTo: [RoutingKey.document(event.key)], messageID: event.eventID,
                type: "t", timestamp: 0, body: event.jsonBytes))
    }

    func publish(_ message: BusMessage) async throws(BusError) { try await bus.publish(message) }

    func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        count.withLock { $0 += 1 }
        return try await bus.withSubscription(subscription, body)
    }
}
