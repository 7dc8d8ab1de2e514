import ConfigModel
import Foundation
import RegistryAPI
import RegistryClient
import TestSupport
import Testing

/// A load of sets during which registries are killed at random moments.
struct SetKills {
    /// How many sets are acknowledged at least.
    let sets: Int
    /// How often a registry is killed.
    let kills: Int

    static let isLong = ProcessInfo.processInfo.environment["CONFIGBUS_TEST_FAULTS"] == "1"
    static let run = isLong ? SetKills(sets: 500, kills: 12) : SetKills(sets: 40, kills: 3)

    /// Kills the registries one after the other and starts them again where they were, while the writers write.
    func run(_ writers: SetWriters, killing restart: (_ number: Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await writers.run(until: sets) }
            for kill in 0..<kills {
                let goal = (kill + 1) * sets / (kills + 1)
                try await eventually("\(goal) sets", within: .seconds(300)) { writers.acknowledged >= goal }
                try await restart(kill)
            }
            try await group.waitForAll()
        }
    }
}

/// Several documents change as one, whatever happens to the registries.
@Suite(
    "Change sets end to end", .serialized, .timeLimit(.minutes(SetKills.isLong ? 10 : 2)), .showsProcesses,
    .enabled(if: TestServers.areThere, TestServers.missing))
struct ServedChangeSetTests {
    @Test func registriesThatAreKilledInTheMiddleLeaveEachSetWholeOrNotThereAndItsMembersAreAnnounced() async throws {
        try await withBench { bench in
            var registries = [try await bench.startRegistry(), try await bench.startRegistry()]
            let announcements = try await bench.recordAnnouncements()
            let writers = try SetWriters(at: registries.map(\.url))
            try await SetKills.run.run(writers) { number in
                let victim = registries[number % 2]
                try await victim.process.kill9()
                registries[number % 2] = try await bench.startRegistry(port: victim.port)
            }
            #expect(try await writers.violations(at: registries[0]) == [])
            #expect(writers.acknowledged >= SetKills.run.sets)
            try await writers.waitUntilAnnounced(announcements, at: registries[1])
        }
    }

    @Test func theMembersOfASetNameItToAPlainConsumer() async throws {
        try await withBench { bench in
            let registry = try await bench.startRegistry()
            let announcements = try await bench.recordAnnouncements()
            let content = try Content(parsing: Array(#"{"n":1}"#.utf8))
            let keys = try ["a", "b", "c"].map { try DocumentKey(service: $0, environment: "prod") }
            let set = try await registry.client.publish(
                changeSet: ChangeSetPublication(keys.map { DocumentChange(.publish(content), of: $0) }))
            for key in keys {
                try await announcements.versions(upTo: 1, of: key)
                let event = try #require(try announcements.events(about: key).first)
                #expect(event.changeSet?.id == set.id)
                let members = keys.map { "\($0)@1" }
                #expect(
                    ChangeSet(epoch: event.epoch, changeID: event.changeID, members: members) == event.changeSet)
            }
            #expect(try await registry.client.changeSet(set.id).records.count == 3)
        }
    }

    @Test func aSetIsTheSameWhateverRegistryItIsSentTo() async throws {
        try await withBench { bench in
            let registries = [try await bench.startRegistry(), try await bench.startRegistry()]
            let content = try Content(parsing: Array(#"{"n":1}"#.utf8))
            let keys = try (0..<100).map { try DocumentKey(service: "s\($0)", environment: "prod") }
            let set = ChangeSetPublication(
                keys.map { DocumentChange(.publish(content), of: $0) }, changeID: "the-same-set")
            let ids = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0..<6 {
                    let client = registries[number % 2].client
                    group.addTask { try await client.publish(changeSet: set).id }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await registries[0].history(of: keys[99]).count == 1)
            let other = ChangeSetPublication(Array(set.documents.dropLast()), changeID: set.changeID)
            let error = await #expect(throws: RegistryClientError.self) {
                try await registries[1].client.publish(changeSet: other)
            }
            #expect(error?.problem?.type == "change-reused")
        }
    }
}
/// The same on a file, with one registry.
@Suite("Embedded change sets", .serialized, .timeLimit(.minutes(SetKills.isLong ? 10 : 2)), .showsProcesses)
struct EmbeddedChangeSetTests {
    @Test func aRegistryThatIsKilledInTheMiddleLeavesEachSetWholeOrNotThere() async throws {
        try await withBench { bench in
            var registry = try await bench.startEmbedded()
            let writers = try SetWriters(at: [registry.url])
            try await SetKills.run.run(writers) { _ in
                try await registry.process.kill9()
                registry = try await bench.startEmbedded(port: registry.port)
            }
            #expect(try await writers.violations(at: registry) == [])
            #expect(writers.acknowledged >= SetKills.run.sets)
        }
    }
}
