import ConfigModel
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite("A watcher on the registry's stream", .timeLimit(.minutes(1)))
struct ConfigWatcherStreamTests {
    @Test func theStreamAloneIsEnoughNoReadOfTheRegistry() async throws {
        var history = try TestHistory.numbered(2)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: .serverSentEvents)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 2, in: &outcomes)
            scene.registry.publish(try history.publish("{\"n\":3}"))
            _ = try await outcome(.applied, 3, in: &outcomes)
            #expect(scene.registry.reads.isEmpty)
            #expect(watcher.state == .current)
        }
    }

    @Test func afterALostConnectionItGoesOnWithWhatItKnows() async throws {
        var history = try TestHistory.numbered(2)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: .serverSentEvents)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 2, in: &outcomes)
            try await eventually("synced") { watcher.current.age != nil }
            scene.registry.set(try history.publish("{\"n\":3}"))
            scene.registry.cutStreams()
            _ = try await outcome(.applied, 3, in: &outcomes)
            #expect(scene.registry.knownOfWatches == [[:], [history.key: 2]])
            #expect(watcher.statistics.interruptions == 1)
        }
    }

    @Test func aStreamThatTheRegistryEndsBecauseOfTheCredentialIsOpenedAgainWithWhatIsKnownAndIsNoLoss() async throws {
        var history = try TestHistory.numbered(2)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: .serverSentEvents)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 2, in: &outcomes)
            try await eventually("synced") { watcher.current.age != nil }
            scene.registry.set(try history.publish("{\"n\":3}"))
            scene.registry.say(.ended(reason: "expired"))
            _ = try await outcome(.applied, 3, in: &outcomes)
            #expect(scene.registry.knownOfWatches == [[:], [history.key: 2]])
            #expect(watcher.statistics.interruptions == 0 && scene.registry.reads.isEmpty)
        }
    }

    @Test func whenTheStoreGotANewEpochTheStreamIsOpenedAnewWithoutWhatWasKnown() async throws {
        let old = try TestHistory.numbered(5)
        let new = try TestHistory.numbered(5, epoch: TestHistory.secondEpoch)
        let scene = WatcherScene(old.head)
        let watcher = try scene.watcher(events: .serverSentEvents)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 5, in: &outcomes)
            scene.registry.set(new.version(5))
            scene.registry.cutStreams()
            let applied = try await outcome(.applied, 5, in: &outcomes)
            #expect(applied.epoch == TestHistory.secondEpoch)
            #expect(scene.registry.knownOfWatches.last == [:])
        }
    }

    @Test func aRegistryWhoseStoreWentBackToAnEarlierEpochRejectedOnceStaleAndWhatRunsRunsOn() async throws {
        let old = try TestHistory.numbered(4)
        let new = try TestHistory.numbered(5, epoch: TestHistory.secondEpoch)
        let scene = WatcherScene(new.head)
        let watcher = try scene.watcher(events: .serverSentEvents)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 5, in: &outcomes)
            scene.registry.set(old.version(4))
            scene.registry.cutStreams()
            let rejected = try await outcome(.rejected, 4, in: &outcomes)
            #expect(rejected.reason?.contains("configbus admin new-epoch") == true)
            #expect(watcher.state == .stale)
            #expect(watcher.current.version == 5)
        }
    }

    @Test func whileThereIsNoStreamTheRegistryIsReadAndTheCacheServes() async throws {
        let scene = WatcherScene()
        scene.registry.isReachable = false
        let watcher = try scene.watcher(events: .serverSentEvents)
        try await running(watcher) {
            try await eventually("read") { watcher.statistics.failedRegistryReads >= 1 }
            scene.registry.set(try #require(try TestHistory.numbered(1).head))
            scene.registry.isReachable = true
            #expect(try await watcher.ready().version == 1)
        }
    }

    @Test func aStreamThatSaysNothingHidesNoDocumentAndIsOpenedAnew() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        scene.registry.isSilent = true
        let watcher = try scene.watcher(events: .stream(patience: .milliseconds(40)))
        try await running(watcher) {
            #expect(try await watcher.ready().version == 1)
            try await eventually("opened anew") { scene.registry.selections.count >= 2 }
            #expect(watcher.statistics.sourceFailure?.contains("stream said nothing") == true)
            scene.registry.isSilent = false
            try await eventually("stands") { watcher.statistics.sourceFailure == nil }
        }
    }

    @Test func whileTheRegistryAsksToBeLeftAloneNeitherReadsNorStreamsAreTried() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let problem = Problem(.overloaded, "Busy.").with(.retryAfter, "300")
        scene.registry.fail(RegistryClientError(.unavailable, "Busy.", problem: problem))
        let watcher = try scene.watcher(events: .serverSentEvents)
        try await running(watcher) {
            try await eventually("refused") { watcher.statistics.failedRegistryReads >= 1 }
            for _ in 0..<5 { watcher.pipeline.receive(.source(.interrupted, watcher.key)) }
            #expect(scene.registry.reads.count == 1)
            // An operator's word counts.
            scene.registry.isReachable = true
            _ = try await watcher.reload()
            #expect(scene.registry.reads.count == 2 && watcher.current.version == 1)
        }
    }

    @Test func theRegistrysProofKeepsTheWatcherFresh() async throws {
        let history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: .serverSentEvents)
        try await running(watcher) {
            _ = try await watcher.ready()
            try await Task.sleep(for: .milliseconds(60))
            let before = try #require(watcher.current.age)
            scene.registry.say(.proof(age: .milliseconds(1)))
            try await eventually("fresher") { watcher.current.age.map { $0 < before } ?? false }
        }
    }

    @Test func pollingAloneWorksToo() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        let watcher = try scene.watcher(events: .polling(every: .milliseconds(30)))
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            _ = try await outcome(.applied, 1, in: &outcomes)
            scene.registry.set(try history.publish("{\"n\":2}"))
            _ = try await outcome(.applied, 2, in: &outcomes)
            #expect(scene.registry.reads.last?.etag != nil)
        }
    }
}
