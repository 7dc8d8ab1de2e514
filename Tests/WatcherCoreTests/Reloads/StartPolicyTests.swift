import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("The start while the registry is away")
struct StartPolicyTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(5) }

    private func layers(_ version: Int) -> DocumentLayers {
        DocumentLayers(main: DocumentVersion(history.version(version)))
    }

    @Test func whatRanLastRunsAsSoonAsTheRegistryIsKnownToBeAway() throws {
        var state = try ReloadState.make(at: now)
        state.start.restore(layers(3), age: .seconds(100), at: now)
        let job = try #require(state.unreachable("no route", at: now).job)
        #expect(job.layers.main?.version == 3)
        let outcome = try #require(state.finish(job, .applied, at: now).outcomes.first)
        #expect(outcome.kind == .applied && outcome.reason?.contains("no route") == true)
    }

    @Test func whatRanLastRunsWhenPatienceEnds() throws {
        var state = try ReloadState.make(start: .allowStale(patience: .seconds(2)), at: now)
        state.start.restore(layers(3), age: .zero, at: now)
        #expect(state.tick(at: now + .seconds(1)).job == nil)
        #expect(state.tick(at: now + .seconds(2)).job?.layers.main?.version == 3)
    }

    @Test func itDoesNotRunWhenItIsTooOld() throws {
        var state = try ReloadState.make(start: .allowStale(upTo: .seconds(60)), at: now)
        state.start.restore(layers(3), age: .seconds(61), at: now)
        #expect(state.unreachable("away", at: now).job == nil)
        #expect(state.prove(DocumentVersion(history.version(4)), .main, at: now).job != nil)
    }

    @Test func itDoesNotRunWhenFreshnessIsRequired() throws {
        var state = try ReloadState.make(start: .requireFresh, at: now)
        state.start.restore(layers(3), age: .zero, at: now)
        #expect(state.unreachable("away", at: now).job == nil)
        #expect(state.tick(at: now + .seconds(3_600)).job == nil)
        #expect(state.prove(DocumentVersion(history.version(3)), .main, at: now).job != nil)
    }

    @Test func theWatcherEndsWhenThePolicyWantsAFreshVersionInTimeAndThereIsNone() throws {
        var state = try ReloadState.make(start: .failUnlessFresh(within: .seconds(5)), at: now)
        _ = state.unreachable("no route", at: now)
        #expect(state.tick(at: now + .seconds(4)).failure == nil)
        let error = try #require(state.tick(at: now + .seconds(5)).failure)
        #expect(error.code == .notProven && error.message.contains("no route"))
    }

    @Test func theWatcherGoesOnWhenAFreshVersionRunsInTime() throws {
        var state = try ReloadState.make(start: .failUnlessFresh(within: .seconds(5)), at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        #expect(state.tick(at: now + .seconds(5)).failure == nil)
    }

    @Test func theRegistrysResponseComesBeforeTheCacheWhenItIsInTime() throws {
        var state = try ReloadState.make(at: now)
        state.start.restore(layers(3), age: .zero, at: now)
        #expect(state.prove(history.version(5), verdict: .applied, at: now).map(\.version) == [5])
        #expect(state.tick(at: now + .seconds(10)).job == nil)
    }

    @Test func whenTheFirstVersionIsRefusedWhatRanLastRuns() throws {
        var state = try ReloadState.make(at: now)
        state.start.restore(layers(3), age: .zero, at: now)
        let first = state.prove(DocumentVersion(history.version(5)), .main, at: now)
        let tried = state.finishAll(first, at: now) { $0.layers.main?.version == 5 ? .refused(reason: "no") : .applied }
        #expect(tried == [[5, 0], [3, 0]])
        #expect(state.applied?.layers.main?.version == 3)
    }

    @Test func whenTheDocumentWasDeletedWhatRanLastRunsOn() throws {
        var history = history
        let tombstone = try history.delete()
        var state = try ReloadState.make(at: now)
        state.start.restore(layers(5), age: .zero, at: now)
        let actions = state.prove(DocumentVersion(tombstone), .main, at: now)
        #expect(actions.outcomes.map(\.kind) == [.deleted])
        #expect(actions.job?.layers.main?.version == 5)
    }
}
