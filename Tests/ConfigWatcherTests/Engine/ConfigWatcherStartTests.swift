import ConfigModel
import ConfigSignatures
import FoundationEssentials
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import WatcherCore

@Suite("The start of a watcher", .timeLimit(.minutes(1)))
struct ConfigWatcherStartTests {
    @Test func itStartsWithWhatRanLastWhileTheRegistryIsAwaySaysSoAndCatchesUp() async throws {
        var history = try TestHistory.numbered(3)
        let scene = WatcherScene(history.head)
        try await withTemporaryCache { directory in
            let first = try scene.watcher(cache: .directory(directory))
            try await running(first) {
                _ = try await first.ready()
                try await written(directory)
            }
            scene.registry.isReachable = false
            let second = try scene.watcher(cache: .directory(directory))
            var outcomes = second.outcomes.makeAsyncIterator()
            try await running(second) {
                let stale = try await outcome(.applied, 3, in: &outcomes)
                #expect(stale.reason?.contains("cache") == true)
                #expect(second.current.value == Numbered(n: 3) && second.state == .stale)
                #expect(second.current.age != nil, "how stale it is can be said")
                scene.registry.set(try history.publish("{\"n\":4}"))
                scene.registry.isReachable = true
                _ = try await outcome(.applied, 4, in: &outcomes)
                #expect(second.state == .current)
            }
        }
    }

    @Test func withTrustedKeysASignedEventAboveTheCachedVersionRunsWhileTheRegistryIsAway() async throws {
        let signer = try RecordSigner.generate()
        var history = try TestHistory.numbered(3, signer: signer)
        let scene = WatcherScene(history.head)
        let options = WatcherOptions(trustedKeys: try TrustedKeys([signer.publicKey]))
        try await withTemporaryCache { directory in
            let first = try scene.watcher(cache: .directory(directory), options: options)
            try await running(first) {
                _ = try await first.ready()
                try await written(directory)
            }
            scene.registry.isReachable = false
            let second = try scene.watcher(cache: .directory(directory), options: options)
            var outcomes = second.outcomes.makeAsyncIterator()
            try await running(second) {
                _ = try await outcome(.applied, 3, in: &outcomes)
                try await scene.announce(ConfigEvent(try history.publish("{\"n\":4}")))
                _ = try await outcome(.applied, 4, in: &outcomes)
            }
        }
    }

    @Test func aCacheFileWithoutATrustedSignatureDoesNotRun() async throws {
        let history = try TestHistory.numbered(3)
        let scene = WatcherScene(history.head)
        try await withTemporaryCache { directory in
            let first = try scene.watcher(cache: .directory(directory))
            try await running(first) {
                _ = try await first.ready()
                try await written(directory)
            }
            scene.registry.isReachable = false
            let options = WatcherOptions(trustedKeys: try TrustedKeys([RecordSigner.generate().publicKey]))
            let second = try scene.watcher(cache: .directory(directory), options: options)
            var outcomes = second.outcomes.makeAsyncIterator()
            try await running(second) {
                _ = try await outcome(.rejected, 3, in: &outcomes)
                try await eventually("asked in vain") { second.statistics.failedRegistryReads >= 2 }
                #expect(second.current.value == nil)
            }
        }
    }

    @Test func aSpoiltCacheFileIsCountedAndMadeAnew() async throws {
        let history = try TestHistory.numbered(3)
        let scene = WatcherScene(history.head)
        try await withTemporaryCache { directory in
            let file = CacheFile(directory: directory, key: history.key, isOverlay: false)
            try file.write(DocumentLayers(main: DocumentVersion(history.version(2))))
            try Data("spoilt".utf8).write(to: URL(filePath: file.path))
            let watcher = try scene.watcher(cache: .directory(directory))
            try await running(watcher) {
                #expect(try await watcher.ready().version == 3)
                // The registry may answer before the disk does.
                try await eventually("counted") { watcher.statistics.cacheFailures == 1 }
                try await eventually("made anew") { try file.read()?.layers.main?.version == 3 }
            }
        }
    }

    @Test func aCacheThatCannotBeWrittenIsCountedAndTheServiceRunsOn() async throws {
        var history = try TestHistory.numbered(1)
        let scene = WatcherScene(history.head)
        try await withTemporaryCache { directory in
            try Data().write(to: URL(filePath: directory))
            let watcher = try scene.watcher(cache: .directory(directory + "/inside"))
            var outcomes = watcher.outcomes.makeAsyncIterator()
            try await running(watcher) {
                _ = try await outcome(.applied, 1, in: &outcomes)
                try await scene.publish(try history.publish("{\"n\":2}"))
                _ = try await outcome(.applied, 2, in: &outcomes)
                try await eventually("counted") { watcher.statistics.cacheFailures >= 1 }
            }
        }
    }

    @Test func thePolicyCanEndAWatcherThatHasNothingFresh() async throws {
        let scene = WatcherScene()
        scene.registry.isReachable = false
        let watcher = try scene.watcher(options: WatcherOptions(start: .failUnlessFresh(within: .milliseconds(100))))
        await #expect(throws: WatcherError.self) { try await watcher.run() }
        #expect(watcher.state == .stopped)
    }

    @Test func aDocumentThatDoesNotExistYetIsWaitedFor() async throws {
        var history = try TestHistory()
        let scene = WatcherScene()
        let watcher = try scene.watcher()
        try await running(watcher) {
            try await eventually("read") { !scene.registry.reads.isEmpty }
            #expect(watcher.state == .starting && watcher.current.value == nil)
            try await scene.publish(try history.publish("{\"n\":1}"))
            #expect(try await watcher.ready().value == Numbered(n: 1))
        }
    }

    @Test func aWatcherRunsOnce() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try scene.watcher()
        try await running(watcher) {
            _ = try await watcher.ready()
            await #expect(throws: WatcherError.self) { try await watcher.run() }
        }
        await #expect(throws: WatcherError.self) { try await watcher.reload() }
    }

    private func written(_ directory: String) async throws {
        try await eventually("the cache is written") {
            try FileManager.default.contentsOfDirectory(atPath: directory).contains { $0.hasSuffix(".json") }
        }
    }
}
