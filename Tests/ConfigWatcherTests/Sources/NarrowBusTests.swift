import ConfigModel
import EventBus
import RegistryAPI
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

@Suite("A broker that allows a watcher its documents and nothing else", .timeLimit(.minutes(1)))
struct NarrowBusTests {
    /// Follows documents at a bus that allows single documents only, and publishes the second version of each.
    private func follow(_ count: Int, _ check: (GrantingBus, ScriptedRegistry) async throws -> Void) async throws {
        var histories = try (0..<count).map { try TestHistory.numbered(1, "s\($0)/prod") }
        let scene = WatcherScene()
        for history in histories { scene.registry.set(history.version(1)) }
        let bus = GrantingBus(scene.bus) { !$0.contains("#") && !$0.contains("*") }
        let group = WatcherGroup(reading: scene.registry, events: .bus(bus))
        let watchers = try histories.map { try group.watch(Numbered.self, key: "\($0.key)") }
        try await running(group) {
            for watcher in watchers { _ = try await watcher.ready() }
            try await check(bus, scene.registry)
            for index in histories.indices {
                let record = try histories[index].publish("{\"n\":2}")
                try await scene.publish(record)
                scene.registry.say(.event(ConfigEvent(record, inlineLimit: .max)))
            }
            for watcher in watchers {
                try await eventually("\(watcher.key) on 2") { watcher.current.version == 2 }
            }
        }
    }

    @Test func moreThan64DocumentsAreBoundOneByOneWhenAllOfTheirEnvironmentIsRefused() async throws {
        try await follow(100) { bus, registry in
            try await eventually("bound") { bus.subscriptions.count == 2 }
            #expect(bus.subscriptions[0] == ["config.prod.#"])
            #expect(Set(bus.subscriptions[1]) == Set((0..<100).map { "config.prod.s\($0)" }))
            #expect(registry.knownOfWatches.isEmpty, "no stream is needed")
        }
    }

    @Test func whatIsMoreThan1_000IsFollowedOverTheRegistrysStream() async throws {
        try await follow(1_005) { bus, registry in
            try await eventually("both") {
                bus.subscriptions.last?.count == 1_000 && registry.knownOfWatches.count == 1
            }
        }
    }

    @Test func aDocumentThatIsAddedIsBoundTooAndWhatStoodBeforeEnds() async throws {
        let scene = WatcherScene()
        var histories = try (0..<66).map { try TestHistory.numbered(1, "s\($0)/prod") }
        for history in histories { scene.registry.set(history.version(1)) }
        let bus = GrantingBus(scene.bus) { !$0.contains("#") }
        let group = WatcherGroup(reading: scene.registry, events: .bus(bus))
        var watchers = try histories.prefix(64).map { try group.watch(Numbered.self, key: "\($0.key)") }
        try await running(group) {
            for watcher in watchers { _ = try await watcher.ready() }
            for history in histories.suffix(2) {
                watchers.append(try group.watch(Numbered.self, key: "\(history.key)"))
                _ = try await watchers[watchers.count - 1].ready()
                try await eventually("bound") { bus.subscriptions.last?.count == watchers.count }
            }
            #expect(bus.subscriptions.filter { $0.contains { $0.contains("#") } } == [["config.prod.#"]], "once")
            for index in histories.indices { try await scene.publish(histories[index].publish("{\"n\":2}")) }
            for watcher in watchers {
                try await eventually("\(watcher.key) on 2") { watcher.current.version == 2 }
            }
        }
    }
}
