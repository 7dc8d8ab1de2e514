import ConfigModel
import ConfigSignatures
import Logging
import RegistryAPI
import RegistryClient
import Synchronization
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// A watcher asks the registry again and again behind its source; what it rejects it rejects once.
@Suite("Each version is rejected once for each cause", .timeLimit(.minutes(1)))
struct RejectedOnceTests {
    enum Source: CaseIterable, Sendable {
        case bus
        case stream
    }

    /// A group over a scripted registry, and what it says.
    private struct Scene {
        let scene: WatcherScene
        let group: WatcherGroup
        let watcher: ConfigWatcher<Numbered>
        let log = LogRecorder()
        private let outcomes = Recorder<Outcome>()
        private let conditions = Recorder<WatchCondition>()

        init(
            _ source: Source, _ record: VersionRecord?, trusting signer: RecordSigner? = nil,
            cache: ConfigCache = .none
        ) throws {
            scene = WatcherScene(record)
            var options = WatcherOptions(pollInterval: .milliseconds(20))
            options.trustedKeys = try signer.map { try TrustedKeys([$0.publicKey]) }
            group = WatcherGroup(
                reading: scene.registry, events: source == .bus ? .bus(scene.bus) : .serverSentEvents, cache: cache,
                options: options, logger: log.logger)
            group.observe { [outcomes] in outcomes.add($0) }
            group.observeConditions { [conditions] in conditions.add($0) }
            watcher = try group.watch(Numbered.self, key: "parsing/prod")
        }

        var rejected: [Int64] { outcomes.all.filter { $0.kind == .rejected }.map(\.version) }
        var applied: [Int64] { outcomes.all.filter { $0.kind == .applied }.map(\.version) }
        var reasons: [String] { outcomes.all.compactMap(\.reason) }
        var saidMissing: Bool { conditions.all.contains { if case .missing = $0 { true } else { false } } }

        /// Makes a version the newest and says so on every source.
        func publish(_ record: VersionRecord) async throws {
            scene.registry.publish(record)
            try await scene.announce(ConfigEvent(record))
        }

        /// Streams are cut and the registry is asked, over and over.
        func goOn() async throws {
            for _ in 1...3 {
                let count = scene.registry.reads.count
                scene.registry.cutStreams()
                try await eventually("read again and again") { scene.registry.reads.count > count + 4 }
            }
        }
    }

    private final class Recorder<Element: Sendable>: Sendable {
        private let elements = Mutex<[Element]>([])

        var all: [Element] { elements.withLock { $0 } }

        func add(_ element: Element) { elements.withLock { $0.append(element) } }
    }

    @Test(arguments: Source.allCases)
    func withTheWrongTrustedKeys(source: Source) async throws {
        var history = try TestHistory.numbered(1, signer: .generate())
        let scene = try Scene(source, history.head, trusting: .generate())
        try await running(scene.group) {
            try await eventually("rejected") { scene.rejected == [1] }
            try await scene.goOn()
            try await scene.publish(try history.publish("{\"n\":2}"))
            try await eventually("rejected") { scene.rejected.last == 2 }
            try await scene.goOn()
            #expect(scene.rejected == [1, 2])
            #expect(scene.watcher.state == .rejected && !scene.saidMissing)
        }
    }

    @Test(arguments: Source.allCases)
    func aVersionOfAStrangersKeyOverOneThatRuns(source: Source) async throws {
        let signer = try RecordSigner.generate()
        let history = try TestHistory.numbered(3, signer: signer)
        let stranger = try RecordSigner.generate()
        let scene = try Scene(source, history.version(1), trusting: signer)
        try await running(scene.group) {
            try await eventually("applied") { scene.applied == [1] }
            try await scene.publish(history.version(2).signed(try stranger.sign(history.version(2))))
            try await eventually("rejected") { !scene.rejected.isEmpty }
            try await scene.goOn()
            try await scene.publish(history.version(3))
            try await eventually("applied") { scene.applied == [1, 3] }
            #expect(scene.rejected == [2])
        }
    }

    @Test(arguments: Source.allCases)
    func twoContentsUnderOneNumberWhatRunsIsNotFreshMeanwhile(source: Source) async throws {
        let history = try TestHistory.numbered(2)
        let other = try TestHistory(contents: ["{\"n\":1}", "{\"n\":666}"])
        let scene = try Scene(source, history.head)
        try await running(scene.group) {
            try await eventually("applied") { scene.applied == [2] }
            scene.scene.registry.set(other.version(2))
            scene.scene.registry.cutStreams()
            try await eventually("rejected") { !scene.rejected.isEmpty }
            try await scene.goOn()
            #expect(scene.rejected == [2] && scene.watcher.state == .rejected)
            let proof = try #require(scene.watcher.current.age)
            scene.scene.registry.say(.proof(age: .zero))
            try await scene.goOn()
            #expect(try #require(scene.watcher.current.age) > proof)
            scene.scene.registry.set(history.version(2))
            try await eventually("settled") { scene.watcher.state == .current }
        }
    }

    @Test(arguments: Source.allCases)
    func whatLayInTheCacheAndWhatTheRegistryHasWhenItIsTheSameVersion(source: Source) async throws {
        let history = try TestHistory.numbered(2, signer: .generate())
        try await withTemporaryCache { directory in
            try CacheFile(directory: directory, key: history.key, isOverlay: false)
                .write(DocumentLayers(main: DocumentVersion(history.version(2))))
            let scene = try Scene(source, history.head, trusting: .generate(), cache: .directory(directory))
            try await running(scene.group) {
                try await scene.goOn()
                #expect(scene.rejected == [2])
            }
        }
    }

    @Test(arguments: Source.allCases, [true, false])
    func aDamagedNewestVersionItIsSaidAsThatTheDocumentIsNotMissingAndNotFresh(source: Source, runsBefore: Bool)
        async throws
    {
        let history = try TestHistory.numbered(3)
        let scene = try Scene(source, history.version(2))
        if !runsBefore { scene.scene.registry.damaged = [history.key: 3] }
        try await running(scene.group) {
            if runsBefore {
                try await eventually("applied") { scene.applied == [2] }
                scene.scene.registry.damaged = [history.key: 3]
                scene.scene.registry.cutStreams()
            }
            try await eventually("rejected") { !scene.rejected.isEmpty }
            let proof = scene.watcher.current.age
            scene.scene.registry.say(.damaged([history.key: 3], isComplete: true))
            scene.scene.registry.say(.proof(age: .zero))
            try await scene.goOn()
            #expect(scene.rejected == [3] && scene.reasons.last?.contains("damaged in the registry's store") == true)
            #expect(!scene.saidMissing && scene.watcher.state == .rejected)
            if let proof { #expect(try #require(scene.watcher.current.age) > proof) }
            scene.scene.registry.damaged = [:]
            scene.scene.registry.set(history.version(3))
            scene.scene.registry.cutStreams()
            try await eventually("repaired") { scene.applied.last == 3 }
        }
    }

    @Test(arguments: Source.allCases)
    func whatObservesAGroupReportsItTheLogDoesNotRepeatIt(source: Source) async throws {
        let scene = try Scene(source, TestHistory.numbered(1).head, trusting: .generate())
        try await running(scene.group) {
            try await eventually("rejected") { scene.rejected == [1] }
            #expect(scene.log.reasons(.warning) == [])
        }
    }

    @Test func moreDamagedVersionsThanAStreamNamesTheOthersAreReadAndNotTakenForFreshOrMissing() async throws {
        let history = try TestHistory.numbered(2)
        let scene = try Scene(.stream, history.version(2))
        try await running(scene.group) {
            try await eventually("applied") { scene.applied == [2] }
            let epoch = history.epoch
            let reads = scene.scene.registry.reads.filter(\.isFresh).count
            scene.scene.registry.say(.damaged([:], isComplete: false))
            scene.scene.registry.say(.synced(epoch: epoch, count: 1))
            try await eventually("read") { scene.scene.registry.reads.filter(\.isFresh).count > reads }
            #expect(scene.rejected == [] && !scene.saidMissing)
        }
    }
}
