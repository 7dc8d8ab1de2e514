import ConfigModel
import ConfigStore
import TestSupport
import Testing

@testable import ConfigRegistry

/// Which versions are let go, and when.
@Suite(.timeLimit(.minutes(1)))
struct PrunerTests {
    private static let day: Duration = .seconds(86_400)
    private let store = InMemoryVersionStore()

    /// Stores versions that were announced.
    private func stored(_ count: Int, of name: String = "parsing/prod") async throws -> DocumentKey {
        var chain = try VersionChain(name)
        for number in 1...count {
            let record = chain.next(#"{"n":\#(number)}"#)
            _ = try await store.append(record)
            try await store.markAnnounced([VersionIdentity(key: record.key, version: record.version)])
        }
        return chain.key
    }

    private func rules(_ versions: Int64?, days: Int64? = nil) throws -> RetentionRules {
        try #require(RetentionRules(versions: versions, age: days.map { .seconds($0 * 86_400) }))
    }

    private func pruner(_ registry: String = "a") -> Pruner {
        Pruner(store: store, registry: registry, isPaced: false)
    }

    private func kept(_ key: DocumentKey) async throws -> [Int64] {
        try await store.history(of: key, before: nil, limit: 1_000).map(\.record.version).reversed()
    }

    @Test func keepsTheNewestVersionsOfEachDocument() async throws {
        let key = try await stored(100)
        let small = try await stored(10, of: "small/prod")
        store.advanceClock(by: Self.day * 8)
        let report = try await pruner().prune(by: rules(10))
        #expect(report.documents == 2)
        #expect(report.versions == 90)
        #expect(report.marks.map(\.through) == [90])
        #expect(try await kept(key) == Array(91...100))
        #expect(try await kept(small) == Array(1...10))
        #expect(try await pruner().prune(by: rules(10)).versions == 0)
    }

    /// The days that passed, the versions that are kept, the days that they are kept.
    @Test(
        arguments: [(6, 10, nil, 0), (8, 10, nil, 20), (8, 10, 30, 0), (31, 10, 30, 20), (31, nil, 30, 29)]
            as [(Int, Int64?, Int64?, Int64)])
    func bothRulesHaveToAllowIt(passed: Int, versions: Int64?, days: Int64?, expected: Int64) async throws {
        _ = try await stored(30)
        store.advanceClock(by: Self.day * passed)
        #expect(try await pruner().prune(by: rules(versions, days: days)).versions == expected)
    }

    @Test func nothingIsKeptLessThanTenTimesOrSevenDays() throws {
        #expect(RetentionRules(versions: nil, age: nil) == nil)
        #expect(try rules(1).versions == 10)
        #expect(try rules(10).storedFor == Self.day * 7)
        #expect(try rules(10, days: 1).storedFor == Self.day * 7)
    }

    @Test func dryRunChangesNothing() async throws {
        let key = try await stored(30)
        store.advanceClock(by: Self.day * 8)
        #expect(try await pruner().prune(by: rules(10), isDryRun: true).versions == 20)
        #expect(try await kept(key) == Array(1...30))
        #expect(try await store.pruneMarks(of: [key]).isEmpty)
    }

    @Test func oneRegistryPrunesAtATime() async throws {
        let key = try await stored(30)
        store.advanceClock(by: Self.day * 8)
        #expect(try await store.leasePruning(to: "b", for: .seconds(60)))
        #expect(try await pruner("a").prune(by: rules(10)).isInterrupted)
        #expect(try await kept(key).count == 30)
        #expect(try await pruner("b").prune(by: rules(10)).versions == 20)
        // It gave the right back when it was done.
        #expect(try await pruner("a").prune(by: rules(10)).isInterrupted == false)
    }

    @Test func whatAnEarlierRunLeftBehindIsRemoved() async throws {
        let key = try await stored(30)
        store.advanceClock(by: Self.day * 8)
        let mark = try #require(try await store.prunable(of: key, upTo: 20, storedFor: .zero))
        try await store.raise(mark)
        #expect(try await pruner().prune(by: rules(10)).versions == 0)
        #expect(try await store.removePruned(of: key, limit: 100) == 0)
    }

    @Test func tombstonesThatAreHeadsStay() async throws {
        var chain = try VersionChain("parsing/prod")
        for number in 1...20 { _ = try await store.append(chain.next(#"{"n":\#(number)}"#)) }
        _ = try await store.append(chain.tombstone())
        try await store.markAnnounced((1...21).map { VersionIdentity(key: chain.key, version: $0) })
        store.advanceClock(by: Self.day * 8)
        #expect(try await pruner().prune(by: rules(nil, days: 7)).versions == 20)
        #expect(try await store.head(of: chain.key)?.record.isTombstone == true)
    }

    /// The version that the mark would name has no hash that could be trusted; the next run goes past it.
    @Test func aDamagedBoundaryKeepsItsDocumentAndNoOther() async throws {
        let key = try await stored(30)
        let other = try await stored(30, of: "zebra/prod")
        store.damage(20, of: key)
        store.advanceClock(by: Self.day * 8)
        let report = try await pruner().prune(by: rules(10))
        #expect(report.damaged.map(\.version) == [20])
        #expect(report.marks.map(\.key) == [other])
        #expect(try await store.pruneMarks(of: [key]).isEmpty)
        #expect(try await pruner().prune(by: rules(11)).marks.map(\.through) == [19])
    }
}
