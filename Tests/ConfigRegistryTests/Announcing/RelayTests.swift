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
            bus: bus, inlineLimit: options.inlineLimit, counters: counters, ownMessages: PublishedMessageIDs())
        return Relay(store: store, announcer: announcer, options: options, counters: counters)
    }

    private func versions(_ count: Int, of name: String) throws -> [HeadSnapshot] {
        RecordChain(try DocumentKey(service: name), (1...count).map { #"{"n":\#($0)}"# }).records
            .map { HeadSnapshot($0, epoch: $0.epoch) }
    }

    @Test("announces what it is offered without a task of its own")
    func atOnce() async throws {
        let head = try versions(1, of: "a")[0]
        relay().offer(head)
        #expect(bus.held.map(\.messageID) == [head.encodedEvent.identifier])
    }

    @Test("announces the versions of one document one after the other", arguments: [true, false])
    func inOrder(isConfirmed: Bool) async throws {
        let heads = try versions(3, of: "a")
        let relay = relay()
        for head in heads { relay.offer(head) }
        for head in heads {
            #expect(bus.held.map(\.messageID) == [head.encodedEvent.identifier])
            bus.settle(isConfirmed ? .success(()) : .failure(BusError(.refused, "no")))
        }
        #expect(bus.held.isEmpty)
        #expect(counters.value.notificationsSent == (isConfirmed ? 3 : 0))
        #expect(counters.value.notificationsFailed == (isConfirmed ? 0 : 3))
    }

    @Test("has no more under way than its window holds")
    func window() async throws {
        let relay = relay { $0.relayWindow = 2 }
        for name in ["a", "b", "c"] { relay.offer(try versions(1, of: name)[0]) }
        #expect(bus.held.count == 2)
        bus.settle(.success(()))
        #expect(bus.held.count == 2)
        bus.settle(.success(()))
        bus.settle(.success(()))
        #expect(counters.value.notificationsSent == 3)
    }

    @Test("passes a long line to a bus that answers at once")
    func noRecursion() async throws {
        let relay = relay()
        for head in try versions(100, of: "a") { relay.offer(head) }
        bus.answerAtOnce(.failure(BusError(.unavailable, "it is away")))
        bus.settle(.success(()))
        #expect(counters.value.notificationsFailed == 99)
        #expect(bus.deepest == 1, "no recursion, which could be as deep as the line is long")
        #expect(relay.load.count == 1, "what is confirmed is held until it is marked")
    }

    @Test("leaves to the sweeper what it has no room for")
    func overflow() async throws {
        let relay = relay { $0.relayCapacity = 2 }
        for head in try versions(3, of: "a") { relay.offer(head) }
        #expect(relay.load.count == 2)
        #expect(counters.value.relayOverflows == 1)
    }

    @Test("ends when everything is announced and marked")
    func ending() async throws {
        let relay = relay()
        let heads = try versions(2, of: "a")
        let late = try versions(1, of: "late")[0]
        for head in heads + [late] { _ = try await store.append(head.record) }
        for head in heads { relay.offer(head) }
        let running = Task { await relay.run() }
        relay.close()
        relay.offer(late)
        #expect(counters.value.relayOverflows == 1)
        bus.settle(.success(()))
        bus.settle(.success(()))
        await running.value
        #expect(relay.load.count == 0)
        #expect(try await store.unannounced(limit: 10).versions.map(\.key.service) == ["late"])
    }

    @Test("ends at once when cancelled")
    func cancellation() async throws {
        let relay = relay()
        relay.offer(try versions(1, of: "a")[0])
        let running = Task { await relay.run() }
        running.cancel()
        await running.value
    }
}
