import ConfigModel
import Logging
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

/// What a watcher says as long as nothing runs.
@Suite("Before anything runs", .timeLimit(.minutes(1)))
struct NothingRunsTests {
    private let log = LogRecorder()

    private func watcher(_ scene: WatcherScene, _ options: WatcherOptions = WatcherOptions()) throws
        -> ConfigWatcher<Numbered>
    {
        ConfigWatcher(
            key: try DocumentKey(parsing: "parsing/prod"), reading: scene.registry,
            events: .polling(every: .milliseconds(10)), options: options, logger: log.logger)
    }

    @Test func theLineOfARejectedVersionSaysWhetherSomethingRuns()
        async throws
    {
        var history = try TestHistory(contents: ["{}"])
        let scene = WatcherScene(history.head)
        let watcher = try watcher(scene)
        var outcomes = watcher.outcomes.makeAsyncIterator()
        try await running(watcher) {
            for (version, content) in [(1, "{}"), (2, #"{"n":2}"#), (3, #"{"n":"3"}"#)] {
                if version > 1 { scene.registry.set(try history.publish(content)) }
                _ = try await outcome(version == 2 ? .applied : .rejected, Int64(version), in: &outcomes)
            }
        }
        #expect(
            log.lines.map(\.message) == [
                "a version was rejected; nothing runs until there is one that is not", "a version was applied",
                "a version was rejected; what ran before runs on",
            ])
    }

    /// What is known about a document of which nothing runs.
    enum Known: CaseIterable, Sendable {
        case rejected, missing, deleted, away

        var words: String {
            switch self {
            case .rejected: "/n is missing."
            case .missing: "There is no document parsing/prod."
            case .deleted: "The document parsing/prod was deleted."
            case .away: "The registry cannot be reached."
            }
        }
    }

    private func scene(_ known: Known) throws -> WatcherScene {
        var history = try TestHistory(contents: ["{}"])
        if known == .deleted { try history.delete() }
        let scene = WatcherScene(known == .missing ? nil : history.head)
        if known == .away { scene.registry.isReachable = false }
        return scene
    }

    @Test(arguments: Known.allCases)
    func readyReturnsInItsTimeAndSaysWhyNothingRunsAsHealthDoes(known: Known) async throws {
        let watcher = try watcher(scene(known))
        try await running(watcher) {
            try await eventually("known") { watcher.health.reason?.contains(known.words) == true }
            let error = await #expect(throws: WatcherError.self) {
                _ = try await watcher.ready(within: .milliseconds(10))
            }
            #expect(error?.code == .timedOut && error?.message.contains(known.words) == true)
        }
    }

    @Test(arguments: Known.allCases)
    func aPolicyThatEndsTheWatcherSaysTheSame(known: Known) async throws {
        let watcher = try watcher(
            scene(known), WatcherOptions(start: .failUnlessFresh(within: .milliseconds(300))))
        let error = await #expect(throws: WatcherError.self) { try await watcher.run() }
        #expect(error?.message.contains(known.words) == true, "\(error?.message ?? "")")
    }

    @Test func aDocumentThatDoesNotExistIsLoggedWithTheEnvironmentsThatHaveOne() async throws {
        let scene = WatcherScene(try TestHistory("parsing/test", contents: [#"{"n":1}"#]).head)
        let watcher = try watcher(scene)
        try await running(watcher) {
            _ = try await eventually("said") { !log.lines.isEmpty }
        }
        #expect(log.reasons(.warning) == ["There is no document parsing/prod; it exists in: test."])
    }

    @Test func aCallThatWaitsForRunIsSaidOnce() async throws {
        let scene = WatcherScene(try TestHistory.numbered(1).head)
        let watcher = try watcher(scene)
        watcher.engine.expectRun(of: watcher.key, within: .milliseconds(1))
        let waiting = Task { try await watcher.reload() }
        try await eventually("said") { log.lines.contains { $0.message.hasPrefix("a call waits for run()") } }
        try await running(watcher) {
            _ = try await watcher.ready()
            _ = try await waiting.value
        }
        #expect(log.lines.count { $0.message.hasPrefix("a call waits for run()") } == 1)
    }
}
