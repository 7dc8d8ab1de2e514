import ConfigModel
import FoundationEssentials
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// What `deletion: .useDefaults` runs.
@Suite("Defaults of a deleted document", .timeLimit(.minutes(1)))
struct DeletedDefaultsTests {
    private struct Limits: Decodable, Sendable, Equatable {
        var rate: Int?
    }

    private func written(_ directory: String) async throws {
        try await eventually("the cache is written") {
            try FileManager.default.contentsOfDirectory(atPath: directory).contains { $0.hasSuffix(".json") }
        }
    }

    @Test func handlersGetThemReadersToo() async throws {
        var history = try TestHistory(contents: [#"{"rate":7}"#])
        let scene = WatcherScene(history.head)
        let watcher = ConfigWatcher<Limits>(
            key: history.key, reading: scene.registry, events: .bus(scene.bus),
            options: WatcherOptions(deletion: .useDefaults))
        let log = CallLog()
        watcher.onReload("log") { old, new in log.add("\(old?.rate ?? -1)>\(new.rate ?? -1)") }
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            #expect(watcher.get("rate", default: 100) == 7)
            try await scene.publish(try history.delete())
            _ = try await outcome(.deleted, 2, in: &outcomes)
            _ = try await outcome(.applied, 2, in: &outcomes)
            #expect(watcher.get("rate", default: 100) == 100)
            #expect(watcher.current.value == Limits(rate: nil) && watcher.state == .current)
            try await scene.publish(try history.publish(#"{"rate":9}"#))
            _ = try await outcome(.applied, 3, in: &outcomes)
            #expect(log.entries == ["-1>7", "7>-1", "-1>9"])
        }
    }

    @Test func afterARestartTheyRunFromTheCacheWhileTheRegistryIsAway() async throws {
        var history = try TestHistory(contents: [#"{"rate":7}"#])
        try history.delete()
        let scene = WatcherScene(history.head)
        let options = WatcherOptions(deletion: .useDefaults)
        try await withTemporaryCache { directory in
            for isReachable in [true, false] {
                scene.registry.isReachable = isReachable
                let watcher = ConfigWatcher<Limits>(
                    key: history.key, reading: scene.registry, events: .bus(scene.bus),
                    cache: .directory(directory), options: options)
                try await running(watcher) {
                    let snapshot = try await watcher.ready()
                    #expect(snapshot.value == Limits(rate: nil) && snapshot.version == 2)
                    try await written(directory)
                }
            }
        }
    }
}
