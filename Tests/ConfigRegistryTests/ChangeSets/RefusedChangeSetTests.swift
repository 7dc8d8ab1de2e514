import ChangeChecks
import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

/// Refuses odd numbers.
private struct OddNumbers: ChangeCheck {
    func report(on change: CheckedChange) async throws(RegistryError) -> CheckReport {
        guard case .number(let number)? = change.content["n"], number.int64.map({ $0 % 2 != 0 }) == true else {
            return CheckReport()
        }
        return CheckReport(findings: [CheckFinding(.secret, rule: "odd", pointer: "/n", message: "It is odd.")])
    }
}

@Suite("A change set of which a member is refused", .timeLimit(.minutes(1)))
struct RefusedChangeSetTests {
    private let fixture = Fixture.lasting
    /// Documents with two versions, and one that never existed.
    private let keys: [DocumentKey]

    init() throws { keys = try DocumentKey.several(10) }

    private func prepared() async throws -> Registry {
        let registry = try await fixture.registry()
        for key in keys.dropLast() { for number in 1...2 { try await registry.publish(number, to: key) } }
        try await registry.delete(keys[8])
        return registry
    }

    private static func failing(_ error: RegistryError) -> ChangeRequest.Operation {
        .revise { _ throws(RegistryError) in throw error }
    }

    /// A member that is refused, on a document of its own, and how.
    struct Bad: Sendable {
        let index: Int
        let operation: ChangeRequest.Operation
        let expected: ConfigRegistry.Expectation?
        let outcome: String

        init(
            _ index: Int, _ operation: ChangeRequest.Operation, _ outcome: String,
            expecting expected: ConfigRegistry.Expectation? = nil
        ) {
            self.index = index
            self.operation = operation
            self.expected = expected
            self.outcome = outcome
        }
    }

    static let bad: [Bad] = [
        Bad(9, .delete, "unknownDocument"),
        Bad(9, failing(.invalid("")), "unknownDocument"),
        Bad(8, .delete, "deletedDocument 3"),
        Bad(8, .rollback(toVersion: 3), "rollbackToTombstone 3"),
        Bad(7, .rollback(toVersion: 4), "unknownVersion 4 of 2"),
        Bad(6, .publish(.empty, .create), "alreadyExists 2"),
        Bad(5, .publish(.empty, .createOrUpdate), "versionMismatch 2", expecting: .version(1)),
        Bad(4, .publish(.empty, .createOrUpdate), "versionMismatch 2", expecting: .version(0)),
        Bad(3, failing(.invalid("the test failed")), "invalid"),
        Bad(2, failing(.tooLarge("large")), "tooLarge"),
    ]

    @Test(arguments: bad.indices)
    func storesNothing(_ number: Int) async throws {
        let registry = try await prepared()
        let bad = Self.bad[number]
        var members = try keys.prefix(8).map { try ChangeSetRequest.Member.number(7, $0) }
        members.removeAll { $0.key == keys[bad.index] }
        members.insert(.init(bad.operation, of: keys[bad.index], expected: bad.expected), at: 1)
        let before = try await registry.records(of: keys)
        #expect(await outcomeOfSet { try await registry.publish(ChangeSetRequest(members)) } == "1: \(bad.outcome)")
        #expect(try await registry.records(of: keys) == before)
        #expect(registry.counters.configsUpdated == 9)
    }

    @Test func namesEveryMemberThatIs() async throws {
        let registry = try await prepared()
        let wrong: [Int: Bad] = Dictionary(
            Self.bad.map { ($0.index, $0) }, uniquingKeysWith: { (first: Bad, _) in first })
        let members = try keys.enumerated().map { index, key -> ChangeSetRequest.Member in
            guard let bad = wrong[index] else { return try ChangeSetRequest.Member.number(7, key) }
            return .init(bad.operation, of: key, expected: bad.expected)
        }
        let expected = wrong.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.outcome)" }
        let set = ChangeSetRequest(members)
        #expect(await outcomeOfSet { try await registry.publish(set) } == expected.joined(separator: ", "))
        let refusals = try await registry.refusals(of: set)
        #expect(refusals.map { "\($0.index): \($0.error.shortName)" } == expected)
    }

    @Test func isRefusedForTheChecksOfEveryMember() async throws {
        let registry = Registry(
            store: fixture.store, bus: fixture.bus, options: fixture.options, checks: [OddNumbers()], logger: .silent)
        try await registry.start()
        let set = ChangeSetRequest(try keys.enumerated().map { try .number($0, $1) })
        let outcome = await outcomeOfSet { try await registry.publish(set) }
        #expect(
            outcome == "1, 3, 5, 7, 9".split(separator: ", ").map { "\($0): checksFailed odd" }.joined(separator: ", "))
        #expect(fixture.store.unmarked.isEmpty)
    }

    @Test func isRefusedWhenItsChecksTakeTooLong() async throws {
        let hurried = Fixture { $0.requestDeadline = .zero }
        let registry = try await hurried.registry()
        let set = try ChangeSetRequest.number(1, Array(keys.prefix(2)))
        #expect(await outcomeOfSet { try await registry.publish(set) } == "tooMuchWork")
        #expect(hurried.store.unmarked.isEmpty)
    }

    @Test func isRefusedOnlyOnHeadsThatWereReadAfterTheRequestCameIn() async throws {
        let (stale, other) = (try await prepared(), try await fixture.registry())
        try await other.publish(3, to: keys[0])
        // The stale registry still has version 2 in memory.
        let news = ChangeSetRequest([try .number(4, keys[0], expecting: .version(3)), try .number(4, keys[1])])
        #expect(await outcomeOfSet { try await stale.publish(news) } == "updated 4, updated 3")
        let reads = fixture.store.control.reads
        let gone = ChangeSetRequest([try .number(5, keys[0], expecting: .version(3)), try .number(5, keys[1])])
        #expect(await outcomeOfSet { try await stale.publish(gone) } == "0: versionMismatch 4")
        #expect(fixture.store.control.reads == reads + 1, "One read for all heads.")
    }

    @Test func thatIsNotSentAgainstAnythingStaleCostsNoRead() async throws {
        let registry = try await prepared()
        let reads = fixture.store.control.reads
        _ = try await registry.publish(ChangeSetRequest.number(5, Array(keys.prefix(8))))
        #expect(fixture.store.control.reads == reads)
    }
}
