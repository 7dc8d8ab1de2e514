import ConfigModel
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite("A watcher whose registry is away", .timeLimit(.minutes(1)))
struct StalenessTests {
    private func watcher(_ scene: WatcherScene, _ policy: StalenessPolicy) throws -> ConfigWatcher<Numbered> {
        try scene.watcher(
            events: .polling(every: .milliseconds(20)), options: WatcherOptions(staleness: policy))
    }

    @Test func isDegradedAfterItsTimeRunsOnAndIsHealthyAgainAfterAProof() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try watcher(scene, .degrade(after: .milliseconds(200)))
        #expect(watcher.health.status == .unhealthy)
        try await running(watcher) {
            _ = try await watcher.ready()
            scene.registry.isReachable = false
            try await eventually("degraded") { watcher.health.status == .degraded }
            let health = watcher.health
            #expect(health.version == 1 && health.loadedAt != nil && health.reason?.hasPrefix("For ") == true)
            #expect(health.age.map { $0 >= .milliseconds(200) } == true)
            scene.registry.isReachable = true
            try await eventually("healthy") { watcher.health.status == .healthy }
        }
    }

    @Test func endsWithNotProvenWhenThePolicySaysSoTheValueStaysReadable() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try watcher(scene, .fail(after: .seconds(1)))
        let run = Task { try await watcher.run() }
        _ = try await watcher.ready()
        scene.registry.isReachable = false
        let error = await #expect(throws: WatcherError.self) { try await run.value }
        #expect(error?.code == .notProven)
        #expect(watcher.current.value == Numbered(n: 1))
        #expect(watcher.health.status == .unhealthy && watcher.health.state == .stopped)
    }
}
