import ConfigModel
import Synchronization
import TestSupport
import Testing

@testable import ConfigRegistry

@Suite("Many writers", .timeLimit(.minutes(1)))
struct ConcurrentWriterTests {
    let key: DocumentKey

    init() throws { key = try .named("parsing/prod") }

    @Test func with16WritersOnTwoRegistriesMakeVersionsWithoutAGapOneForEachAcknowledgedChange() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        let acknowledged = try await withThrowingTaskGroup(of: [VersionRecord].self) { group in
            for writer in 0..<16 {
                group.addTask {
                    var records: [VersionRecord] = []
                    for number in 0..<50 {
                        records.append(try await registries[writer % 2].publish(writer * 100 + number, to: key).record)
                    }
                    return records
                }
            }
            return try await group.reduce(into: [VersionRecord]()) { $0 += $1 }
        }
        let history = try await fixture.history(of: key)
        #expect(history.count == 800)
        #expect(HistoryCheck.violations(in: history) == [])
        #expect(acknowledged.sorted { $0.version < $1.version } == history)
        #expect(
            registries.map(\.counters.writes.conflicts).reduce(0, +) > 0,
            "Two registries have to get in each other's way.")
    }

    @Test func ofWritersWithTheSameExpectationExactlyOneWinsOnWhateverRegistry() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        try await registries[0].publish(0, to: key)
        for round in Int64(1)...20 {
            let outcomes = await withTaskGroup(of: String.self) { group in
                for writer in 0..<8 {
                    group.addTask {
                        await outcomeOf {
                            try await registries[writer % 2].publish(writer, to: key, expecting: .version(round))
                        }
                    }
                }
                return await group.reduce(into: [String]()) { $0.append($1) }
            }
            #expect(outcomes.filter { $0 == "updated \(round + 1)" }.count == 1)
            #expect(outcomes.filter { $0 == "versionMismatch \(round + 1)" }.count == 7)
        }
    }

    @Test func ofManyWhoCreateExactlyOneDoes() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        let outcomes = await withTaskGroup(of: String.self) { group in
            for writer in 0..<16 {
                group.addTask { await outcomeOf { try await registries[writer % 2].publish(writer, to: key, .create) } }
            }
            return await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(outcomes.filter { $0 == "created 1" }.count == 1)
        #expect(outcomes.filter { $0 == "alreadyExists 1" }.count == 15)
    }

    @Test func revisionsOnTwoRegistriesAllTakeEffect() async throws {
        let fixture = Fixture { $0.requestDeadline = .seconds(30) }
        let registries = [try await fixture.registry(), try await fixture.registry()]
        try await registries[0].publish(0, to: key)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<40 {
                group.addTask {
                    _ = try await registries[writer % 2].revise(key, .by(), addOne)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await registries[0].head(of: key, HeadOptions(minimumVersion: 41))?.record.version == 41)
        #expect(try await fixture.history(of: key).last?.content == .numbered(40))
    }

    @Test func aNumberThatStaysTakenEndsTheRequestInTimeAndWithAnExpectationItIsNoRefusalEither() async throws {
        let fixture = Fixture { $0.requestDeadline = .milliseconds(200) }
        let registry = try await fixture.registry()
        try await registry.publish(1, to: key)
        fixture.store.control.everyAppend = .taken
        #expect(await outcomeOf { try await registry.publish(2, to: key) } == "conflictPersists")
        #expect(
            await outcomeOf { try await registry.publish(2, to: key, expecting: .version(1)) } == "conflictPersists")
    }

    @Test func areServedInTheOrderInWhichTheyCame() async throws {
        let fixture = Fixture()
        let registry = try await fixture.registry()
        let gate = Gate()
        let (arrivals, arrived) = AsyncStream<Void>.makeStream()
        fixture.store.control.beforeAppend {
            arrived.yield()
            await gate.pass()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                group.addTask { try await registry.publish(number, to: key) }
                // The first does not wait in the queue but stands before the store.
                if number == 1 { for await _ in arrivals { break } }
                try await eventually("writer \(number) waits") { registry.maker.waitingWriters(of: key) == number - 1 }
            }
            gate.open()
            try await group.waitForAll()
        }
        #expect(try await fixture.history(of: key).map(\.content) == (1...8).map { try .numbered($0) })
    }

    @Test func oneThatGivesUpDoesNotHoldUpThoseBehindIt() async throws {
        let fixture = Fixture()
        let registry = try await fixture.registry()
        let gate = Gate()
        fixture.store.control.beforeAppend { await gate.pass() }
        async let first = registry.publish(1, to: key)
        try await eventually("the first is under way") { gate.arrivals == 1 }
        let second = Task { await outcomeOf { try await registry.publish(2, to: key) } }
        try await eventually("the second waits") { registry.maker.waitingWriters(of: key) == 1 }
        async let third = registry.publish(3, to: key)
        try await eventually("the third waits") { registry.maker.waitingWriters(of: key) == 2 }
        second.cancel()
        #expect(await second.value == "overloaded")
        gate.open()
        #expect(try await first.record.version == 1)
        #expect(try await third.record.version == 2)
    }

    @Test func oneThatWaitsLongerThanARequestMayTakeIsSentAway() async throws {
        let fixture = Fixture { $0.requestDeadline = .milliseconds(200) }
        let registry = try await fixture.registry()
        let gate = Gate()
        fixture.store.control.beforeAppend { await gate.pass() }
        async let first = registry.publish(1, to: key)
        try await eventually("the first is under way") { gate.arrivals == 1 }
        #expect(await outcomeOf { try await registry.publish(2, to: key) } == "overloaded")
        gate.open()
        #expect(try await first.record.version == 1)
        #expect(await outcomeOf { try await registry.publish(3, to: key) } == "updated 2")
    }

    @Test func noMoreThanTheBoundWaitForOneDocumentOthersAreNotAffected() async throws {
        let fixture = Fixture { $0.maximumWaitingWriters = 1 }
        let registry = try await fixture.registry()
        let gate = Gate()
        let key = key
        fixture.store.control.beforeAppend { await gate.pass() }
        async let first = registry.publish(1, to: key)
        try await eventually("the first is under way") { gate.arrivals == 1 }
        async let second = registry.publish(2, to: key)
        try await eventually("the second waits") { registry.maker.waitingWriters(of: key) == 1 }
        #expect(await outcomeOf { try await registry.publish(3, to: key) } == "overloaded")
        async let other = registry.publish(1, to: .named("other"))
        try await eventually("the other document is under way") { gate.arrivals == 2 }
        gate.open()
        #expect(try await [first.record.version, second.record.version, other.record.version] == [1, 2, 1])
    }
}

/// Adds one to the number in the content.
private func addOne(_ head: VersionRecord) throws(RegistryError) -> Content {
    do {
        guard case .number(let number) = try head.content.object["n"] else { return .empty }
        return try .numbered(Int(number.int64 ?? 0) + 1)
    } catch {
        throw .invalid("\(error)")
    }
}
