import ConfigModel
import ConfigWatcher
import TestSupport
import Testing

@Suite("A source of an application's own", .timeLimit(.minutes(1)))
struct ConfigSourceTests {
    /// The source that docs/watcher.md shows.
    private struct FixedSource: ConfigSource {
        let documents: [DocumentKey: DocumentVersion]
        var provesFreshness = true

        func run(_ feed: SourceFeed) async {
            for key in feed.documents { feed.send(.mayHaveChanged(isFresh: false), to: key) }
            for await request in feed.requests {
                switch request {
                case .follow(let key): feed.send(.mayHaveChanged(isFresh: true), to: key)
                case .unfollow, .followPrefix, .unfollowPrefix: break
                case .read(let read): read.respond(documents[read.key].map(SourceResponse.version) ?? .unknown)
                }
            }
        }
    }

    private let histories: [TestHistory]
    private let source: FixedSource

    init() throws {
        histories = try ["a/prod", "b/prod"].map { try TestHistory.numbered(3, $0) }
        source = FixedSource(
            documents: Dictionary(uniqueKeysWithValues: histories.map { ($0.key, DocumentVersion($0.version(3))) }))
    }

    @Test func aWatcherRunsWhatItRespondsWithAndIsCurrent() async throws {
        let watcher = try ConfigWatcher<[String: Int]>(key: "a/prod", source: source, logger: nil)
        try await running(watcher) {
            let value = try await watcher.ready().value
            #expect(value == ["n": 3] && watcher.state == .current)
            let outcome = try await watcher.reload()
            #expect(outcome == nil, "there is nothing newer")
        }
    }

    @Test func aWatcherOfASourceThatProvesNothingRunsWhatItRespondsWithAndIsStaleAtBest() async throws {
        var source = source
        source.provesFreshness = false
        let watcher = try ConfigWatcher<[String: Int]>(key: "a/prod", source: source, logger: nil)
        try await running(watcher) {
            let value = try await watcher.ready().value
            #expect(value == ["n": 3] && watcher.state == .stale)
            #expect(watcher.current.age == nil)
            _ = try await watcher.reload()
            #expect(watcher.state == .stale)
        }
    }

    @Test func oneValueServesSeveralWatchersAndGroupsWhoseDocumentsComeAndGo() async throws {
        let (first, second) = (WatcherGroup(source: source, logger: nil), WatcherGroup(source: source, logger: nil))
        try await running(first) {
            try await running(second) {
                for group in [first, second] {
                    let watcher = try group.watch(key: "a/prod")
                    let other = try group.watch(key: "b/prod")
                    let versions = [try await watcher.ready().version, try await other.ready().version]
                    #expect(versions == [3, 3])
                    group.remove(watcher)
                    try await eventually("ended") { watcher.state == .stopped }
                    let again = try await group.watch(key: "a/prod").ready().version
                    #expect(again == 3)
                }
            }
        }
    }

    @Test func aDocumentThatItDoesNotKnowIsMissingAndNothingRuns() async throws {
        let group = WatcherGroup(source: source, logger: nil)
        let (conditions, condition) = AsyncStream.makeStream(of: WatchCondition.self)
        group.observeConditions { condition.yield($0) }
        let watcher = try group.watch(key: "none/prod")
        try await running(group) {
            var said = conditions.makeAsyncIterator()
            let first = await said.next()
            #expect(first == .missing(watcher.key))
            #expect(watcher.state == .starting && watcher.current.value == nil)
        }
    }
}
