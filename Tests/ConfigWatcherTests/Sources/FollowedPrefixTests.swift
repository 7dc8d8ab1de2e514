import ConfigModel
import EventBus
import RegistryAPI
import TestSupport
import Testing

@testable import ConfigWatcher
@testable import RegistrySource

@Suite("All documents below a prefix", .timeLimit(.minutes(1)))
struct FollowedPrefixTests {
    enum Kind: CaseIterable, Sendable {
        case bus
        case stream
        case polling
        /// A broker that allows single documents only.
        case narrowBus

        func events(_ bus: InProcessBus) -> EventSource {
            switch self {
            case .bus: .bus(bus)
            case .stream: .serverSentEvents
            case .polling: .polling(every: .milliseconds(20))
            case .narrowBus: .bus(GrantingBus(bus) { !$0.contains("#") })
            }
        }
    }

    /// A group with a prefix and the histories of documents below and beside it.
    private struct Scene {
        let scene = WatcherScene()
        let group: WatcherGroup
        let tenants: FollowedPrefix<Numbered>
        var histories: [String: TestHistory] = [:]

        init(_ kind: Kind, deletion: DeletionPolicy = .fail) throws {
            group = WatcherGroup(reading: scene.registry, events: kind.events(scene.bus))
            tenants = try group.follow(
                Numbered.self, prefix: "tenants.acme", environment: "prod", options: WatcherOptions(deletion: deletion))
        }

        /// Publishes the next version of a document.
        mutating func publish(_ service: String, _ environment: String = "prod") async throws {
            let key = "\(service)/\(environment)"
            var history = try histories[key] ?? TestHistory(key)
            try await send(try history.publish("{\"n\":\(history.records.count + 1)}"))
            histories[key] = history
        }

        mutating func delete(_ service: String) async throws {
            let key = "\(service)/prod"
            var history = try #require(histories[key])
            try await send(try history.delete())
            histories[key] = history
        }

        private func send(_ record: VersionRecord) async throws {
            scene.registry.publish(record)
            try await scene.bus.announce(record)
        }

        func follows(_ services: String...) async throws {
            try await eventually("follows \(services)") {
                tenants.watchers.map(\.key.service) == services
                    && tenants.watchers.allSatisfy { $0.current.version > 0 }
            }
        }

        func value(_ service: String) throws -> Int? {
            tenants[try DocumentKey(service: service, environment: "prod")]?.current.value?.n
        }
    }

    @Test(arguments: Kind.allCases)
    func aWatcherForEachDocumentThatThereIsAndForEachThatComes(kind: Kind) async throws {
        var scene = try Scene(kind)
        for service in ["tenants.acme", "tenants.acme.a", "tenants.acme2", "tenants"] {
            try await scene.publish(service)
        }
        try await scene.publish("tenants.acme.a", "test")
        try await running(scene.group) {
            try await scene.follows("tenants.acme", "tenants.acme.a")
            try await scene.publish("tenants.acme.b.c")
            try await scene.publish("tenants.acme.a")
            try await scene.publish("tenants.acme3")
            try await scene.follows("tenants.acme", "tenants.acme.a", "tenants.acme.b.c")
            try await eventually("the newest of a") { try scene.value("tenants.acme.a") == 2 }
        }
        #expect(scene.tenants.watchers.isEmpty, "all ended with the group")
    }

    @Test(arguments: Kind.allCases)
    func theWatcherOfADeletedDocumentEndsAloneAndOneThatIsCreatedAgainComesAgain(kind: Kind) async throws {
        var scene = try Scene(kind)
        for service in ["tenants.acme.a", "tenants.acme.b"] { try await scene.publish(service) }
        try await running(scene.group) {
            try await scene.follows("tenants.acme.a", "tenants.acme.b")
            let first = try #require(scene.tenants.watchers.first)
            try await scene.delete("tenants.acme.a")
            try await scene.follows("tenants.acme.b")
            try await eventually("ended") { first.state == .stopped }
            try await scene.publish("tenants.acme.a")
            try await scene.follows("tenants.acme.a", "tenants.acme.b")
            #expect(try scene.value("tenants.acme.a") == 3 && scene.tenants.watchers.first !== first)
        }
    }

    @Test(arguments: Kind.allCases)
    func withThePolicyToKeepTheLastTheWatcherGoesOnAcrossADeletion(kind: Kind) async throws {
        var scene = try Scene(kind, deletion: .keepLast)
        try await scene.publish("tenants.acme.a")
        try await running(scene.group) {
            try await scene.follows("tenants.acme.a")
            let watcher = try #require(scene.tenants.watchers.first)
            try await scene.delete("tenants.acme.a")
            try await eventually("deleted") { watcher.statistics.deletions == 1 }
            #expect(watcher.current.value == Numbered(n: 1))
            try await scene.publish("tenants.acme.a")
            try await eventually("created again") { watcher.current.version == 3 }
            #expect(scene.tenants.watchers.first === watcher)
        }
    }

    @Test(arguments: Kind.allCases)
    func aPrefixThatIsAddedAndRemovedWhileTheGroupRuns(kind: Kind) async throws {
        var scene = try Scene(kind)
        for service in ["tenants.acme.a", "others.x", "others.y"] { try await scene.publish(service) }
        try await running(scene.group) {
            try await scene.follows("tenants.acme.a")
            let others = try scene.group.follow(prefix: "others", environment: "prod")
            try await eventually("added") { others.watchers.map(\.key.service) == ["others.x", "others.y"] }
            let ending = others.watchers
            for watcher in ending { _ = try await watcher.ready() }
            scene.group.remove(others)
            try await eventually("ended") { others.watchers.isEmpty && ending.allSatisfy { $0.state == .stopped } }
            try await scene.publish("others.z")
            try await scene.publish("tenants.acme.b")
            try await scene.follows("tenants.acme.a", "tenants.acme.b")
            #expect(others.watchers.isEmpty)
        }
    }

    /// How far the prefix that is removed had come.
    enum Progress: CaseIterable, Sendable {
        case current
        case beginning
    }

    @Test(arguments: Kind.allCases, Progress.allCases)
    func aPrefixThatIsRemovedAndFollowedAgainAtOnceHasAllItsDocuments(kind: Kind, progress: Progress) async throws {
        var scene = try Scene(kind)
        for service in ["tenants.acme.a", "others.x", "others.y"] { try await scene.publish(service) }
        try await running(scene.group) {
            try await scene.follows("tenants.acme.a")
            for version in 1...3 {
                let others = try scene.group.follow(Numbered.self, prefix: "others", environment: "prod")
                if progress == .current {
                    try await eventually("followed") {
                        others.watchers.map(\.current.version) == [Int64(version), Int64(version)]
                    }
                }
                scene.group.remove(others)
                let again = try scene.group.follow(Numbered.self, prefix: "others", environment: "prod")
                try await eventually("followed again") {
                    again.watchers.map(\.key.service) == ["others.x", "others.y"]
                        && again.watchers.allSatisfy { $0.current.version == Int64(version) }
                }
                for service in ["others.x", "others.y"] { try await scene.publish(service) }
                try await eventually("changes arrive") {
                    again.watchers.map(\.current.version) == [Int64(version) + 1, Int64(version) + 1]
                }
                scene.group.remove(again)
                try await eventually("ended") { again.watchers.isEmpty }
            }
            try await scene.follows("tenants.acme.a")
        }
    }

    @Test(arguments: Kind.allCases)
    func aDocumentThatIsFollowedByItselfOrBelowTwoPrefixesHasAWatcherForEach(kind: Kind) async throws {
        var scene = try Scene(kind)
        try await scene.publish("tenants.acme.a")
        let single = try scene.group.watch(Numbered.self, key: "tenants.acme.a/prod")
        try await running(scene.group) {
            _ = try await single.ready()
            try await scene.follows("tenants.acme.a")
            let all = try scene.group.follow(prefix: "tenants", environment: "prod")
            try await eventually("all") { all.watchers.map(\.key.service) == ["tenants.acme.a"] }
            try await scene.publish("tenants.acme.a")
            try await eventually("each") {
                single.current.version == 2 && all.watchers.allSatisfy { $0.current.version == 2 }
                    && scene.tenants.watchers.allSatisfy { $0.current.version == 2 }
            }
            scene.group.remove(all)
            try await scene.publish("tenants.acme.b")
            try await scene.follows("tenants.acme.a", "tenants.acme.b")
        }
    }

    @Test func overTheStreamItIsOneStreamWithoutAListOrARead() async throws {
        var scene = try Scene(.stream)
        for index in 0..<100 { try await scene.publish("tenants.acme.s\(index)") }
        try await running(scene.group) {
            try await eventually("all") { scene.tenants.watchers.filter { $0.current.version == 1 }.count == 100 }
            #expect(scene.scene.registry.reads.isEmpty && scene.scene.registry.lists.isEmpty)
            #expect(scene.scene.registry.selections == [WatchSelection(prefix: "tenants.acme", environment: "prod")])
        }
    }

    /// After a lost connection only what is not known is sent.
    @Test func whatCameAndWentWhileTheStreamWasAwayIsFoundAfterwards() async throws {
        var scene = try Scene(.stream)
        for service in ["tenants.acme.a", "tenants.acme.b"] { try await scene.publish(service) }
        try await running(scene.group) {
            try await scene.follows("tenants.acme.a", "tenants.acme.b")
            let registry = scene.scene.registry
            registry.isReachable = false
            registry.cutStreams()
            try await scene.delete("tenants.acme.a")
            try await scene.publish("tenants.acme.c")
            registry.isReachable = true
            try await scene.follows("tenants.acme.b", "tenants.acme.c")
            #expect(registry.knownOfWatches.last?.count == 2)
        }
    }

    @Test func thousandDocumentsComeGoAndComeAgainOverOneSubscription() async throws {
        let bus = InProcessBus()
        let counting = GrantingBus(bus) { _ in true }
        let registry = ScriptedRegistry()
        var histories = try (0..<1_000).map { try TestHistory.numbered(1, "tenants.s\($0)/prod") }
        for history in histories.prefix(500) { registry.set(history.version(1)) }
        let group = WatcherGroup(reading: registry, events: .bus(counting))
        let tenants = try group.follow(
            Numbered.self, prefix: "tenants", environment: "prod", options: WatcherOptions(deletion: .fail))
        try await running(group) {
            try await eventually("those that there are") { tenants.watchers.count == 500 }
            for history in histories.suffix(500) {
                registry.set(history.version(1))
                try await bus.announce(history.version(1))
            }
            try await eventually("all") { tenants.watchers.filter { $0.current.version == 1 }.count == 1_000 }
            for index in stride(from: 0, to: 1_000, by: 2) {
                let record = try histories[index].delete()
                registry.set(record)
                try await bus.announce(record)
            }
            try await eventually("half of them") { tenants.watchers.count == 500 }
            for index in stride(from: 0, to: 1_000, by: 4) {
                let record = try histories[index].publish("{\"n\":3}")
                registry.set(record)
                try await bus.announce(record)
            }
            try await eventually("some again") {
                tenants.watchers.count == 750 && tenants.watchers.allSatisfy { $0.current.version > 0 }
            }
            for index in histories.indices {
                let expected: Int? = index % 2 == 1 ? 1 : index % 4 == 0 ? 3 : nil
                #expect(tenants[histories[index].key]?.current.value?.n == expected)
            }
        }
        #expect(counting.subscriptions == [["config.prod.tenants.#"]])
    }
}

extension InProcessBus {
    /// Puts the event of a version on the bus.
    fileprivate func announce(_ record: VersionRecord) async throws {
        let event = ConfigEvent(record, inlineLimit: .max)
        try await publish(
            BusMessage(
                routingKey: event.routingKey, copyTo: [RoutingKey.document(event.key)], messageID: event.eventID,
                type: "t", timestamp: 0, body: event.jsonBytes))
    }

}
