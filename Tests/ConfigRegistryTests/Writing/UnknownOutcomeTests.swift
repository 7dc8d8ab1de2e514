import ConfigModel
import ConfigRegistry
import ConfigStore
import TestSupport
import Testing

@Suite("Writes whose outcome is unknown at first", .timeLimit(.minutes(1)))
struct UnknownOutcomeTests {
    /// Has time enough on any machine to settle what can be settled.
    let fixture = Fixture { $0.requestDeadline = .seconds(50) }
    /// Gives up soon, for outcomes that stay unknown however long they are waited for.
    let impatient = Fixture { $0.requestDeadline = .milliseconds(200) }
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    @Test(arguments: [StoreFaults.Append.lostAnswer, .lostRequest])
    func areSettledByAppendingTheSameRecordAgainAndNeverRefusedBecauseOfThemselves(fault: StoreFaults.Append)
        async throws
    {
        let registry = try await fixture.registry()
        fixture.store.control.failAppends(fault)
        #expect(await outcomeOf { try await registry.publish(1, to: key, .create) } == "created 1")
        fixture.store.control.failAppends(fault)
        #expect(
            await outcomeOf { try await registry.publish(2, to: key, .update, expecting: .version(1)) } == "updated 2")
        fixture.store.control.failAppends(fault)
        #expect(await outcomeOf { try await registry.delete(key) } == "deleted 3")
        #expect(try await fixture.history(of: key).map(\.version) == [1, 2, 3])
        #expect(registry.counters.writes.unknownOutcomes == 3)
    }

    @Test func areNamedWithTheirChangeIdentifierWhenTheyCannotBeSettledInTime() async throws {
        let registry = try await impatient.registry()
        impatient.store.control.everyAppend = .lostAnswer
        do {
            try await registry.publish(1, to: key, changeID: "c")
            Issue.record("nothing was thrown")
        } catch RegistryError.outcomeUnknown(let why, let changeID) {
            #expect(changeID == "c")
            #expect(why.contains("the connection broke"))
        }
    }

    @Test(arguments: [StoreFaults.Append.lostAnswer, .lostRequest])
    func onceUnsettledAreSettledByTheSameRequestAgain(fault: StoreFaults.Append) async throws {
        let registry = try await impatient.registry()
        impatient.store.control.everyAppend = fault
        #expect(await outcomeOf { try await registry.publish(1, to: key, .create, changeID: "c") } == "outcomeUnknown")
        impatient.store.control.everyAppend = nil
        let again = await outcomeOf { try await registry.publish(1, to: key, .create, changeID: "c") }
        #expect(again == "created 1" || again == "replay of created 1")
        #expect(try await impatient.history(of: key).count == 1)
    }

    @Test func onceUnsettledAreNotOverlookedByWhatComesNext() async throws {
        let registry = try await impatient.registry()
        try await registry.publish(1, to: key)
        impatient.store.control.everyAppend = .lostAnswer
        #expect(await outcomeOf { try await registry.publish(2, to: key) } == "outcomeUnknown")
        impatient.store.control.everyAppend = nil
        #expect(registry.cachedHead(of: key) == nil, "What was cached is in doubt.")
        #expect(try await registry.head(of: key)?.record.version == 2)
        #expect(await outcomeOf { try await registry.publish(3, to: key) } == "updated 3")
        #expect(registry.counters.writes.conflicts == 0)
    }

    @Test func doNotTakeANumberThatAnotherRegistryTookMeanwhile() async throws {
        let registry = try await fixture.registry()
        let other = try await fixture.registry()
        let gate = Gate()
        fixture.store.control.failAppends(.lostRequest)
        fixture.store.control.beforeAppend { if gate.arrivals == 0 { await gate.pass() } }
        async let mine = registry.publish(1, to: key)
        // Whatever fails here must not wait for it for ever.
        defer { gate.open() }
        try await eventually("the first append is under way") { gate.arrivals == 1 }
        try await other.publish(2, to: key)
        gate.open()
        #expect(try await mine.record.version == 2)
        #expect(HistoryCheck.violations(in: try await fixture.history(of: key)) == [])
    }

    @Test(arguments: [
        (StoreError.overloaded, "overloaded"), (.tooLarge("16 MiB"), "tooLarge"), (.closed, "unavailable"),
        (.invalid("an index is missing"), "unavailable"),
    ])
    func whatCertainlyWasNotStoredIsSaidSo(error: StoreError, outcome: String) async throws {
        let registry = try await fixture.registry()
        fixture.store.control.failAppends(.refused(error))
        #expect(await outcomeOf { try await registry.publish(1, to: key) } == outcome)
        #expect(try await fixture.history(of: key).isEmpty)
    }

    @Test func aStoreThatCannotEvenBeReadRefusesBeforeAnythingIsSent() async throws {
        let registry = try await fixture.registry()
        fixture.store.control.isAway = true
        #expect(await outcomeOf { try await registry.publish(1, to: key) } == "unavailable")
    }
}
