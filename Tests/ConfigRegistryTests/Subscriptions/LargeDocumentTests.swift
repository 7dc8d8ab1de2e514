import AsyncSupport
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

/// Documents that together are much larger than what may be kept in memory of them.
@Suite("Many large documents", .timeLimit(.minutes(1))) struct LargeDocumentTests {
    private static let count = 40
    private static let bytes = 70_000
    private static let room = 300_000

    private let fixture = Fixture { options in
        options.watchBytes = room
        options.sweepAge = .milliseconds(10)
        options.sweepPeriod = .milliseconds(10)
    }

    private static func keys() throws -> [DocumentKey] {
        try (0..<count).map { try DocumentKey(service: "s\($0)") }
    }

    /// Publishes a version of each.
    private static func publish(_ keys: [DocumentKey], to registry: Registry) async throws {
        let text = String(repeating: "x", count: bytes)
        let content = try Content(parsing: Array(#"{"a":"\#(text)"}"#.utf8))
        for key in keys {
            _ = try await registry.publish(
                ChangeRequest(.publish(content, .createOrUpdate), of: key, origin: .by()))
        }
    }

    @Test(
        arguments: [
            WatchFilter(), WatchFilter(services: Set((0..<count).map { "s\($0)" }), environment: "default"),
        ], [1, 2])
    func comeToAWatcherOneByOneAsItTakesThemAndWhatWaitsForItIsBounded(filter: WatchFilter, version: Int64) async throws
    {
        let registry = try await fixture.registry()
        let keys = try Self.keys()
        try await Self.publish(keys, to: registry)
        try await Follower.run(filter, registry) { follower in
            // All of them change before any is taken.
            if version == 2 { try await Self.publish(keys, to: registry) }
            let sent = try await follower.takeUntilSynced()
            #expect(sent.count == Self.count)
            #expect(Set(sent) == Set(keys.map { "\($0.service)@\(version)" }))
            #expect((Self.bytes...Self.room).contains(follower.largest))
            try await Self.publish([keys[7]], to: registry)
            #expect(try await follower.take() == "s7@\(version + 1)")
        }
        // Documents that are named are read eight at a time when they are large.
        #expect(fixture.store.control.largestPage < 9 * Self.bytes)
    }

    @Test func oneThatIsDamagedBeforeItIsSentIsLeftOutAndNamed() async throws {
        let registry = try await fixture.registry()
        let keys = try Self.keys()
        try await Self.publish(keys, to: registry)
        try await Follower.run(WatchFilter(), registry) { follower in
            fixture.store.damage(1, of: try DocumentKey(service: "s9"))
            let sent = try await follower.takeUntilSynced()
            #expect(sent.count == Self.count - 1 && !sent.contains("s9@1"))
            #expect(follower.watch.damaged.map(\.key) == [try DocumentKey(service: "s9")])
        }
    }

    @Test func aWatchEndsWhenTheRestCannotBeRead() async throws {
        let registry = try await fixture.registry()
        try await Self.publish(try Self.keys(), to: registry)
        try await Follower.run(WatchFilter(), registry) { follower in
            fixture.store.control.isAway = true
            await #expect(throws: Follower.Ended.self) { try await follower.takeUntilSynced() }
        }
    }

    @Test(arguments: [true, false])
    func areAnnouncedAFewAtATimeWhetherTheyAreManyDocumentsOrManyVersions(isOneDocument: Bool) async throws {
        let keys = try Self.keys()
        // Nothing is marked while its background work does not run.
        let other = try await fixture.registry()
        try await Self.publish(isOneDocument ? keys.map { _ in keys[0] } : keys, to: other)
        #expect(fixture.store.unmarked.count == Self.count)
        try await fixture.withRunningRegistry { registry in
            try await eventually("all are announced") { fixture.store.unmarked.isEmpty }
            #expect(registry.counters.announcing.swept == Self.count)
        }
        #expect(fixture.store.control.largestPage < 9 * Self.bytes)
    }
}

/// Takes what a watch has.
private final class Follower {
    struct Ended: Error {}

    let watch: Watch
    private let ready: WakeSignal
    /// The most content that waited.
    private(set) var largest = 0

    private init(_ watch: Watch, _ ready: WakeSignal) {
        self.watch = watch
        self.ready = ready
    }

    static func run(
        _ filter: WatchFilter, _ registry: Registry, _ body: (Follower) async throws -> Void
    ) async throws {
        let ready = WakeSignal()
        try await registry.withWatch(filter, on: .immediate, onReady: ready.signal) { watch in
            try await body(Follower(watch, ready))
        }
    }

    /// The next head; nil for `synced`.
    func take() async throws -> String? {
        while watch.isOpen {
            largest = max(largest, watch.heldBytes)
            switch watch.popFirst() {
            case .change(let head): return "\(head.key.service)@\(head.record.version)"
            case .synced(_, let count):
                #expect(count > 0)
                return nil
            case nil: await ready.wait()
            }
        }
        throw Ended()
    }

    func takeUntilSynced() async throws -> [String] {
        var sent: [String] = []
        while let head = try await take() { sent.append(head) }
        return sent
    }
}
