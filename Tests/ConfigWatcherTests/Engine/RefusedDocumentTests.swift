import ConfigModel
import Logging
import RegistryAPI
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource
@testable import WatcherCore

@Suite("A document that the registry does not grant among others that it grants", .timeLimit(.minutes(1)))
struct RefusedDocumentTests {
    enum Kind: CaseIterable, Sendable {
        case bus
        case stream
        case polling

        func events(_ scene: WatcherScene) -> EventSource {
            switch self {
            case .bus: .bus(scene.bus)
            case .stream: .serverSentEvents
            case .polling: .polling(every: .milliseconds(20))
            }
        }
    }

    /// A group of documents, each at version 1.
    private final class Scene {
        let scene = WatcherScene()
        let log = LogRecorder()
        let group: WatcherGroup
        let watchers: [ConfigWatcher<Numbered>]
        private var histories: [TestHistory]

        init(_ kind: Kind, _ count: Int = 3, refused: Int...) throws {
            histories = try (0..<count).map { try TestHistory.numbered(1, "s\($0)/prod") }
            for history in histories { scene.registry.set(history.version(1)) }
            scene.registry.refused = try Set(refused.map { try DocumentKey(service: "s\($0)", environment: "prod") })
            let group = WatcherGroup(
                reading: scene.registry, events: kind.events(scene),
                options: WatcherOptions(pollInterval: .milliseconds(100)), logger: log.logger)
            self.group = group
            watchers = try histories.map { try group.watch(Numbered.self, key: "\($0.key)") }
        }

        var versions: [Int64] { watchers.map(\.current.version) }

        var lines: [String] { log.lines.filter { $0.level >= .notice }.map { "\($0.level) \($0.message)" } }

        /// The registry is alive.
        func prove() { scene.registry.say(.proof(age: .zero)) }

        func publish(_ index: Int) async throws {
            let record = try histories[index].publish("{\"n\":2}")
            try await scene.publish(record)
            scene.registry.say(.event(ConfigEvent(record, inlineLimit: .max)))
        }
    }

    private static let refusal = "error the registry does not let a document be read"
    private static let grant = "notice a document that was refused can be read"

    @Test(arguments: Kind.allCases)
    func isOneErrorInTheLogAndTheOthersGoOnUntilItIsGranted(kind: Kind) async throws {
        let scene = try Scene(kind, refused: 1)
        try await running(scene.group) {
            for index in [0, 2] { _ = try await scene.watchers[index].ready() }
            try await eventually("read again and again") { scene.watchers[1].statistics.failedRegistryReads > 3 }
            #expect(scene.watchers[1].state == .starting)
            #expect(scene.watchers[1].health.reason?.contains("'reader:s1/prod'") == true)
            #expect(scene.watchers[1].statistics.lastFailure?.contains("'reader:s1/prod'") == true)
            try await scene.publish(0)
            try await scene.publish(2)
            try await eventually("the others go on") { scene.versions == [2, 0, 2] }
            #expect(scene.watchers[0].state == .current && scene.watchers[2].state == .current)
            #expect(scene.lines == [Self.refusal])
            scene.scene.registry.refused = []
            try await eventually("granted") { scene.versions == [2, 1, 2] && scene.watchers[1].state == .current }
            try await eventually("said once") { scene.lines == [Self.refusal, Self.grant] }
            try await scene.publish(1)
            try await eventually("followed like the others") { scene.versions == [2, 2, 2] }
        }
        #expect(scene.lines == [Self.refusal, Self.grant])
    }

    @Test func isTakenIntoTheStreamAsSoonAsAReadFindsItGranted() async throws {
        let scene = try Scene(.stream, refused: 1)
        try await running(scene.group) {
            _ = try await scene.watchers[0].ready()
            try await eventually("without it") { scene.scene.registry.selections.last?.services == ["s0", "s2"] }
            scene.scene.registry.grantSilently(scene.watchers[1].key)
            _ = try await scene.watchers[1].ready()
            try await eventually("with it") {
                scene.prove()
                return scene.scene.registry.selections.last?.services == ["s0", "s1", "s2"]
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func thatIsRevokedWhileItRunsRunsOnAndCountsAsFreshNoLonger(kind: Kind) async throws {
        let scene = try Scene(kind)
        try await running(scene.group) {
            for watcher in scene.watchers { _ = try await watcher.ready() }
            scene.scene.registry.refused = [scene.watchers[1].key]
            try await eventually("stale") {
                scene.prove()
                return scene.watchers[1].state == .stale
            }
            #expect(scene.versions == [1, 1, 1] && scene.watchers[1].current.value == Numbered(n: 1))
            #expect(scene.watchers[0].state == .current && scene.watchers[2].state == .current)
            #expect(scene.lines == [Self.refusal])
            scene.scene.registry.refused = []
            try await eventually("current") { scene.watchers[1].state == .current }
        }
    }

    /// More than 64: everything of the environment is subscribed to, and a registry leaves out what is not granted.
    @Test(arguments: [Kind.stream, .bus])
    func amongSoManyThatTheyAreNotNamedIsNoDocumentThatDoesNotExist(kind: Kind) async throws {
        let scene = try Scene(kind, 70, refused: 7)
        try await running(scene.group) {
            try await eventually("the others") { scene.versions.reduce(0, +) == 69 }
            try await eventually("said") { scene.lines == [Self.refusal] }
            #expect(scene.watchers[7].state == .starting)
            scene.scene.registry.refused = [scene.watchers[8].key]
            try await eventually("the other one") {
                scene.prove()
                return scene.versions.reduce(0, +) == 70 && scene.watchers[8].state == .stale
            }
            #expect(scene.watchers[7].state == .current)
        }
    }

    @Test(arguments: Kind.allCases) func whenAllAreRefusedTheRegistryIsNotAway(kind: Kind) async throws {
        let scene = try Scene(kind, 2, refused: 0, 1)
        try await running(scene.group) {
            try await eventually("read again and again") {
                scene.watchers.allSatisfy { $0.statistics.failedRegistryReads > 3 }
            }
            #expect(scene.lines == [Self.refusal, Self.refusal])
            scene.scene.registry.refused = []
            for watcher in scene.watchers { _ = try await watcher.ready() }
            try await eventually("said") { scene.lines.count { $0 == Self.grant } == 2 }
            #expect(scene.lines.count == 4)
        }
    }
}
