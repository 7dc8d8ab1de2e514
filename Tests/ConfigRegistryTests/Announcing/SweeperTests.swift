import ConfigModel
import ConfigStore
import EventBus
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("The sweeper", .timeLimit(.minutes(1))) struct SweeperTests {
    @Test func takesAVersionWhenItHasSeenItForAWhileByItsOwnClockWhateverTheStoresSays() throws {
        var sightings = Sightings()
        let key = try DocumentKey(service: "a")
        let versions = (1...3).map { VersionIdentity(key: key, version: $0) }
        let start = ContinuousClock.now
        #expect(sightings.seen(Array(versions.prefix(2)), for: .seconds(3), at: start) == [])
        #expect(sightings.seen(versions, for: .seconds(3), at: start + .seconds(2)) == [])
        #expect(sightings.oldest == start)
        #expect(sightings.seen(versions, for: .seconds(3), at: start + .seconds(3)) == Array(versions.prefix(2)))
        #expect(sightings.seen([versions[2]], for: .seconds(3), at: start + .seconds(5)) == [versions[2]])
        #expect(sightings.oldest == start + .seconds(2), "what is not there any more is forgotten")
        #expect(sightings.seen([], for: .zero, at: start) == [] && sightings.oldest == nil)
    }

    @Test func announcesWhatLiesInAReservedEnvironmentUnderItsOwnWords() async throws {
        let fixture = Fixture {
            $0.sweepAge = .milliseconds(10)
            $0.sweepPeriod = .milliseconds(10)
        }
        var schema = VersionChain(try DocumentKey(service: "a.b", reserved: "schema"))
        var document = try VersionChain("a.b/prod")
        for record in [schema.next(), schema.next(), document.next()] {
            #expect(try await fixture.store.append(record) == .stored)
        }
        try await fixture.withRunningRegistry { _ -> Void in
            try await eventually("all are announced") { fixture.store.unmarked.isEmpty }
        }
        #expect(
            Set(fixture.bus.published.map { [$0.routingKey] + $0.copyTo }) == [
                ["schema.created", "schema.~.a.b"], ["schema.updated", "schema.~.a.b"],
                ["config.created", "config.prod.a.b"],
            ])
    }

    @Test(arguments: [Duration.seconds(86_400), .seconds(-86_400)])
    func announcesWhatWasStoredUnderAClockThatWasAheadOrBehind(_ offset: Duration) async throws {
        let fixture = Fixture {
            $0.sweepAge = .milliseconds(30)
            $0.sweepPeriod = .milliseconds(20)
        }
        let key = try DocumentKey(service: "a")
        fixture.store.advanceClock(by: offset)
        var chain = VersionChain(key)
        for _ in 1...3 { #expect(try await fixture.store.append(chain.next()) == .stored) }
        fixture.store.advanceClock(by: offset * -1)
        try await fixture.withRunningRegistry { registry in
            try await eventually("all are announced") { fixture.store.unmarked.isEmpty }
            #expect(registry.counters.announcing.swept == 3)
        }
    }

    /// As it is left by a registry that stood still in the middle of a write while the versions around its own were removed.
    @Test func hasNothingToAnnounceOfAVersionBehindTheMarkOfItsDocument() async throws {
        let fixture = Fixture {
            $0.sweepAge = .milliseconds(10)
            $0.sweepPeriod = .milliseconds(10)
        }
        var chain = try VersionChain("a/prod")
        let records = [chain.next(), chain.next(), chain.next()]
        for record in records { #expect(try await fixture.store.append(record) == .stored) }
        try await fixture.store.raise(PruneMark(key: chain.key, through: 2, recordHash: records[1].recordHash))
        try await fixture.withRunningRegistry { registry in
            try await eventually("nothing waits") { fixture.store.unmarked.isEmpty }
            #expect(registry.counters.announcing.swept == 1)
        }
    }
}
