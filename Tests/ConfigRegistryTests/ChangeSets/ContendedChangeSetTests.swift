import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("Change sets that want the same documents", .timeLimit(.minutes(1)))
struct ContendedChangeSetTests {
    private let keys: [DocumentKey]

    init() throws { keys = try DocumentKey.several(6) }

    @Test func inOppositeOrdersDoNotBlockEachOtherAndLeaveNoGap() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        let keys = keys
        let acknowledged = try await withThrowingTaskGroup(of: [String].self) { group in
            for writer in 0..<16 {
                group.addTask {
                    var made: [String] = []
                    for round in 0..<10 {
                        let some = keys.indices.filter { ($0 + writer + round) % 3 != 0 }.map { keys[$0] }
                        let order = writer % 2 == 0 ? some : some.reversed()
                        made.append(
                            try await registries[writer / 8].publish(.number(round, order)).changeSet.id)
                        // Single writers in between.
                        try await registries[writer / 8].publish(round, to: keys[writer % 6])
                    }
                    return made
                }
            }
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(Set(acknowledged).count == 160)
        let records = try await registries[0].records(of: keys)
        #expect(ChangeSetCheck.violations(in: records, acknowledged: acknowledged) == [])
        for key in keys { #expect(HistoryCheck.violations(in: records.filter { $0.key == key }) == []) }
        #expect(records.count == 160 * 4 + 160)
        #expect(registries.map(\.counters.writes.conflicts).reduce(0, +) > 0)
    }

    /// The other registry publishes version 2 of the last document while the set's append is under way.
    private func overtaken(expecting: ConfigRegistry.Expectation?) async throws -> String {
        let fixture = Fixture.lasting
        let (registry, other) = (try await fixture.registry(), try await fixture.registry())
        for key in keys { try await registry.publish(1, to: key) }
        try await other.publish(2, to: keys[5])
        let members = try keys.map {
            try ChangeSetRequest.Member.number(3, $0, expecting: $0 == keys[5] ? expecting : nil)
        }
        let outcome = await outcomeOfSet { try await registry.publish(ChangeSetRequest(members)) }
        #expect(registry.counters.writes.conflicts == 1)
        return outcome
    }

    @Test func areMadeAnewOnTheHeadsThatOtherRegistriesMade() async throws {
        #expect(
            try await overtaken(expecting: nil) == Array(repeating: "updated 2", count: 5).joined(separator: ", ")
                + ", updated 3")
    }

    @Test func areRefusedWhenTheMemberThatWasOvertakenExpectedAnother() async throws {
        #expect(try await overtaken(expecting: .version(1)) == "5: versionMismatch 2")
    }

    @Test func giveUpWhenTheTimeIsOverAndNameTheIdentifier() async throws {
        let fixture = Fixture { $0.requestDeadline = .milliseconds(50) }
        let registry = try await fixture.registry()
        fixture.store.control.everyAppend = .taken
        #expect(await outcomeOfSet { try await registry.publish(.number(1, keys)) } == "conflictPersists")
        #expect(fixture.store.unmarked.isEmpty)
    }

    @Test func waitForAWriterOfOneOfThemNoLongerThanTheyMay() async throws {
        let fixture = Fixture { $0.requestDeadline = .milliseconds(200) }
        let registry = try await fixture.registry()
        let gate = Gate()
        defer { gate.open() }
        fixture.store.control.beforeAppend { if gate.arrivals == 0 { await gate.pass() } }
        async let single = registry.publish(1, to: keys[3])
        try await eventually("the single write is under way") { gate.arrivals == 1 }
        #expect(await outcomeOfSet { try await registry.publish(.number(1, keys)) } == "overloaded")
        gate.open()
        _ = try await single
        #expect(try await registry.publish(.number(1, keys)).members.count == 6, "No lock was kept.")
    }
}

@Suite("Change sets whose append is not answered", .timeLimit(.minutes(1)))
struct UnknownChangeSetTests {
    private let keys: [DocumentKey]

    init() throws { keys = try DocumentKey.several(3) }

    @Test(arguments: [StoreFaults.Append.lostAnswer, .lostRequest])
    func areSettledByAppendingTheVerySameSetAgain(_ fault: StoreFaults.Append) async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registry = try await fixture.registry()
        fixture.store.control.failAppends(fault, fault)
        #expect(
            await outcomeOfSet { try await registry.publish(.number(1, keys)) } == "created 1, created 1, created 1")
        #expect(try await registry.records(of: keys).count == 3)
        #expect(registry.counters.writes.unknownOutcomes == 1)
    }

    @Test(arguments: [StoreFaults.Append.lostAnswer, .lostRequest])
    func onceUnsettledAreSettledByTheSameRequestAgain(_ fault: StoreFaults.Append) async throws {
        let fixture = Fixture { $0.requestDeadline = .milliseconds(100) }
        let registry = try await fixture.registry()
        fixture.store.control.everyAppend = fault
        #expect(await outcomeOfSet { try await registry.publish(.number(1, keys, changeID: "c")) } == "outcomeUnknown")
        for key in keys { #expect(registry.cachedHead(of: key) == nil, "What was cached is in doubt.") }
        fixture.store.control.everyAppend = nil
        let set = try await registry.publish(.number(1, keys, changeID: "c"))
        #expect(
            ChangeSetCheck.violations(in: try await registry.records(of: keys), acknowledged: [set.changeSet.id]) == [])
        #expect(try await registry.records(of: keys).count == 3)
    }
}
