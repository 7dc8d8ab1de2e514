import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Rolling back here")
struct RollbackTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(9) }

    private func running(_ count: Int, goodVersions: Int = 5) throws -> ReloadState {
        var state = try ReloadState.make(goodVersions: goodVersions, at: now)
        for version in 1...count { _ = state.prove(history.version(version), verdict: .applied, at: now) }
        return state
    }

    /// Rolls back; returns the version that runs then, or why not.
    private func rollback(_ target: RollbackTarget, _ state: inout ReloadState) throws -> Int64? {
        let actions = state.rollback(to: target, ticket: 1, at: now)
        guard let job = actions.job else {
            _ = try actions.answers[1]?.get()
            return nil
        }
        #expect(job.kind == .rollback && job.trigger == .rollback)
        _ = state.finish(job, .applied, at: now)
        return state.applied?.layers.main?.version
    }

    @Test func aSecondOneInARowGoesFurtherBackUntilThereIsNoneBefore() throws {
        var state = try running(4)
        let versions = try [rollback(.previous, &state), rollback(.previous, &state), rollback(.previous, &state)]
        #expect(versions == [3, 2, 1])
        #expect(
            throws: WatcherError(.unknownVersion, "Nothing ran before version 1 of parsing/prod that is kept here.")
        ) {
            try rollback(.previous, &state)
        }
        #expect(state.good.versions.compactMap(\.layers.main?.version) == [1, 2, 3, 4])
    }

    @Test func afterSomethingNewerWhatWasRolledBackFromComesLast() throws {
        var state = try running(4)
        _ = try rollback(.previous, &state)
        _ = try rollback(.previous, &state)
        _ = state.prove(history.version(5), verdict: .applied, at: now)
        #expect(state.good.versions.compactMap(\.layers.main?.version) == [3, 4, 1, 2, 5])
        #expect(try rollback(.previous, &state) == 2)
        #expect(try rollback(.previous, &state) == 1)
    }

    @Test func oneCanBeNamedByNumberHashOrAsTheFirst() throws {
        var state = try running(4)
        #expect(try rollback(.hash(history.version(2).content.hash), &state) == 2)
        #expect(try rollback(.version(3), &state) == 3)
        #expect(try rollback(.initial, &state) == 1)
    }

    @Test(arguments: [RollbackTarget.hash("sha256:00"), .version(17)])
    func whatIsNotKeptIsRefusedNamingWhatIs(target: RollbackTarget) throws {
        var state = try running(3)
        let error = #expect(throws: WatcherError.self) { try rollback(target, &state) }
        #expect(error?.code == .unknownVersion && error?.message.contains("choose one of 1, 2, 3") == true)
        #expect(state.applied?.layers.main?.version == 3 && state.pin == nil)
    }

    @Test(arguments: [(0, [Int64]()), (1, [9]), (3, [7, 8, 9]), (50, Array(1...9))])
    func asManyAreKeptAsWereWanted(count: Int, kept: [Int64]) throws {
        var state = try running(9, goodVersions: count)
        #expect(state.good.versions.compactMap(\.layers.main?.version) == kept)
        if count == 0 { #expect(throws: WatcherError.self) { try rollback(.initial, &state) } }
    }

    @Test func aRefusedRollbackLeavesWhatRunsAndPinsNothing() throws {
        var state = try running(3)
        let job = try #require(state.rollback(to: .previous, ticket: 1, at: now).job)
        let outcomes = state.finish(job, .refused(reason: "no"), at: now).outcomes
        #expect(outcomes.map(\.kind) == [.rejected])
        #expect(state.applied?.layers.main?.version == 3 && state.pin == nil && state.retry == nil)
        #expect(state.log.operations(of: state.key, isOverlay: false, limit: 1).map(\.trigger) == [.rollback])
    }

    @Test func whatRanInEarlierRunsIsBehindWhatRanInThis() throws {
        var state = try running(1)
        state.good.restore(
            [3, 4, 1].map {
                let document = DocumentVersion(history.version($0))
                return GoodVersion(layers: DocumentLayers(main: document), contentHash: document.content.hash)
            })
        #expect(state.good.versions.compactMap(\.layers.main?.version) == [3, 4, 1])
        #expect(try rollback(.previous, &state) == 4)
        #expect(try rollback(.initial, &state) == 1)
    }

    @Test func aDocumentWithASingleLoadNeedsNoListAndNoRing() throws {
        let state = try running(1)
        let mirror = Mirror(reflecting: state.good)
        let list = mirror.children.first { $0.label == "several" }?.value as? [GoodVersion]
        #expect(list?.isEmpty == true)
        let ring = Mirror(reflecting: state.log).children.first { $0.label == "earlier" }?.value
        #expect((ring as? [OperationLog.Entry])?.isEmpty == true)
    }
}
