import AsyncSupport
import ConfigModel
import ConfigStore
import EventBus
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("The relay", .timeLimit(.minutes(1)))
struct RelayTests {
    private let bus = HeldBus()
    private let store = InMemoryVersionStore()
    private let counters = Counters(RegistryCounters())

    private func relay(_ change: (inout RegistryOptions) -> Void = { _ in }) -> Relay {
        var options = RegistryOptions()
        options.markDelay = .zero
        change(&options)
        let announcer = Announcer(
            bus: bus, inlineLimit: options.inlineLimit, counters: counters, publishedIDs: PublishedMessageIDs())
        return Relay(store: store, announcer: announcer, options: options, counters: counters)
    }

    private func versions(_ count: Int, of name: String) throws -> [HeadSnapshot] {
        RecordChain(try DocumentKey(service: name), (1...count).map { #"{"n":\#($0)}"# }).records
            .map { HeadSnapshot($0, epoch: $0.epoch) }
    }

    /// Runs a relay for as long as `body` does.
    private func running(_ relay: Relay, _ body: () async throws -> Void) async throws {
        let running = Task { await relay.run() }
        defer { running.cancel() }
        try await body()
    }

    private func eventuallyHeld(_ identifiers: [String]) async throws {
        try await eventually("the bus was handed \(identifiers)") { bus.held.map(\.messageID) == identifiers }
    }

    @Test func announcesWhatItWasOfferedBeforeItRan() async throws {
        let head = try versions(1, of: "a")[0]
        let relay = relay()
        relay.offer(head)
        try await running(relay) { try await eventuallyHeld([head.encodedEvent.identifier]) }
    }

    @Test(arguments: [true, false])
    func announcesTheVersionsOfOneDocumentOneAfterTheOther(isConfirmed: Bool) async throws {
        let heads = try versions(3, of: "a")
        let relay = relay()
        try await running(relay) {
            for head in heads { relay.offer(head) }
            for head in heads {
                try await eventuallyHeld([head.encodedEvent.identifier])
                bus.settle(isConfirmed ? .success(()) : .failure(BusError(.refused, "no")))
            }
            try await eventually("all are counted") {
                counters.value.announcing.notificationsSent == (isConfirmed ? 3 : 0)
                    && counters.value.announcing.notificationsFailed == (isConfirmed ? 0 : 3)
            }
            #expect(bus.held.isEmpty)
        }
    }

    @Test func hasAsManyUnderWayAsItsWindowHoldsAndNoMore() async throws {
        let relay = relay { $0.relayWindow = 2 }
        try await running(relay) {
            for name in ["a", "b", "c"] { relay.offer(try versions(1, of: name)[0]) }
            try await eventually("two are under way") { bus.held.count == 2 }
            bus.settle(.success(()))
            try await eventually("the third is under way") {
                counters.value.announcing.notificationsSent == 1 && bus.held.count == 2
            }
            bus.settle(.success(()))
            bus.settle(.success(()))
            try await eventually("all are announced") { counters.value.announcing.notificationsSent == 3 }
        }
    }

    @Test func passesManyVersionsOfOneDocumentToABusThatFailsAtOnce() async throws {
        let relay = relay()
        bus.answerAtOnce(.failure(BusError(.unavailable, "it is away")))
        try await running(relay) {
            for head in try versions(100, of: "a") { relay.offer(head) }
            try await eventually("all have failed") { counters.value.announcing.notificationsFailed == 100 }
            try await eventually("none is held: they are left to the sweeper") { relay.load.count == 0 }
        }
    }

    @Test func holdsWhatIsConfirmedUntilItIsMarked() async throws {
        let relay = relay()
        let head = try versions(1, of: "a")[0]
        _ = try await store.append(head.record)
        store.control.failMarks(1)
        try await running(relay) {
            relay.offer(head)
            try await eventuallyHeld([head.encodedEvent.identifier])
            bus.settle(.success(()))
            try await eventually("it could not be marked") { store.control.marks == 1 }
            #expect(relay.holds(head.identity))
            try await eventually("it is marked") { !relay.holds(head.identity) }
        }
    }

    @Test func leavesToTheSweeperWhatItHasNoRoomFor() async throws {
        let relay = relay { $0.relayCapacity = 2 }
        for head in try versions(3, of: "a") { relay.offer(head) }
        #expect(relay.load.count == 2)
        #expect(counters.value.announcing.relayOverflows == 1)
    }

    @Test func endsWhenEverythingIsAnnouncedAndMarked() async throws {
        let relay = relay()
        let heads = try versions(2, of: "a")
        let late = try versions(1, of: "late")[0]
        for head in heads + [late] { _ = try await store.append(head.record) }
        for head in heads { relay.offer(head) }
        let running = Task { await relay.run() }
        relay.close()
        relay.offer(late)
        #expect(counters.value.announcing.relayOverflows == 1)
        for head in heads {
            try await eventuallyHeld([head.encodedEvent.identifier])
            bus.settle(.success(()))
        }
        await running.value
        #expect(relay.load.count == 0)
        #expect(try await store.unannounced(limit: 10).versions.map(\.key.service) == ["late"])
    }

    @Test func endsAtOnceWhenCancelled() async throws {
        let relay = relay()
        let head = try versions(1, of: "a")[0]
        relay.offer(head)
        let running = Task { await relay.run() }
        try await eventuallyHeld([head.encodedEvent.identifier])
        running.cancel()
        await running.value
    }
}
