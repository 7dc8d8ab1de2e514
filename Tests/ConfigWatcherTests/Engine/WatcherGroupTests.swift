import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

@Suite("A group of watchers", .timeLimit(.minutes(1)))
struct WatcherGroupTests {
    @Test func watchersShareOneSourceComeAndGoWhileItRuns() async throws {
        var one = try TestHistory.numbered(1, "one/prod")
        var two = try TestHistory.numbered(1, "two/prod")
        let scene = WatcherScene(one.head, two.head)
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus))
        var outcomes = group.outcomes.makeAsyncIterator()
        let first = try group.watch(Numbered.self, key: "one/prod")
        try await running(group) {
            _ = try await first.ready()
            let second = try group.watch(Numbered.self, key: "two/prod")
            #expect(try await second.ready().value == Numbered(n: 1))
            try await eventually("subscribed to both") { scene.registry.reads.filter { $0.key == two.key }.count >= 2 }
            try await scene.publish(try two.publish("{\"n\":2}"))
            _ = try await outcome(.applied, 2, in: &outcomes)
            group.remove(first)
            try await eventually("ended") { first.state == .stopped }
            try await scene.publish(try one.publish("{\"n\":2}"))
            try await scene.publish(try two.publish("{\"n\":3}"))
            try await eventually("the other goes on") { second.current.version == 3 }
            #expect(first.current.version == 1)
        }
    }

    @Test func moreThan64DocumentsEachInItsOwnVersion() async throws {
        var histories = try (0..<70).map { try TestHistory.numbered(1, "s\($0)/prod") }
        let scene = WatcherScene()
        for history in histories { scene.registry.set(history.version(1)) }
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus))
        let watchers = try histories.map { try group.watch(Numbered.self, key: "\($0.key)") }
        try await running(group) {
            for watcher in watchers { _ = try await watcher.ready() }
            for index in histories.indices { try await scene.publish(try histories[index].publish("{\"n\":2}")) }
            for watcher in watchers {
                try await eventually("\(watcher.key) on 2") { watcher.current.version == 2 }
            }
        }
    }

    @Test func withOverlayBothDocumentsAreFollowedAndMerged() async throws {
        var main = try TestHistory("parsing/prod", contents: ["{\"n\":1}"])
        var base = try TestHistory("parsing/default", contents: ["{\"n\":0,\"host\":\"a\"}"])
        let scene = WatcherScene(main.head, base.head)
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus))
        let watcher = try group.watch(key: "parsing/prod", options: WatcherOptions(overlay: true))
        var outcomes = group.outcomes.makeAsyncIterator()
        try await running(group) {
            let first = try await outcome(.applied, 1, in: &outcomes)
            #expect(first.defaultVersion == 1)
            #expect(watcher.get("host", default: "") == "a" && watcher.get("n", default: 0) == 1)
            try await scene.publish(try base.publish("{\"n\":0,\"host\":\"b\"}"))
            try await eventually("the default changed") { watcher.get("host", default: "") == "b" }
            try await scene.publish(try main.publish("{\"host\":null}"))
            try await eventually("the patch changed") { watcher.current.version == 2 }
            #expect(watcher.get("host", default: "none") == "none" && watcher.get("n", default: 9) == 0)
            #expect(watcher.current.defaultVersion == 2)
        }
    }

    @Test func aClosureThatAppliesDocumentsCanRefuseThem() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus))
        let log = CallLog()
        group.watch(history.key, timeout: .seconds(5)) { document in
            log.add("\(document.key)@\(document.version) \(String(decoding: document.content.bytes, as: UTF8.self))")
            if document.version == 2 { throw Refused() }
        }
        var outcomes = group.outcomes.makeAsyncIterator()
        try await running(group) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            try await scene.publish(try history.publish("{\"n\":2}"))
            #expect(try await outcome(.rejected, 2, in: &outcomes).reason?.contains("Refused") == true)
            try await scene.publish(try history.publish("{\"n\":3}"))
            _ = try await outcome(.applied, 3, in: &outcomes)
        }
        #expect(
            log.entries == ["parsing/prod@1 {\"n\":1}", "parsing/prod@2 {\"n\":2}", "parsing/prod@3 {\"n\":3}"])
    }

    @Test func aMemberIsRunByItsGroup() async throws {
        let scene = WatcherScene()
        let group = WatcherGroup(reading: scene.registry, events: .bus(scene.bus))
        let watcher = try group.watch(Numbered.self, key: "one/prod")
        await #expect(throws: WatcherError.self) { try await watcher.run() }
    }
}
