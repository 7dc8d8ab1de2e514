import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("A deleted document whose defaults are to run")
struct DefaultsTests {
    private let now = Instant.now
    private var history: TestHistory
    private let tombstone: VersionRecord

    init() throws {
        history = try .numbered(2)
        tombstone = try history.delete()
    }

    @Test func theDeletionIsReportedAndTheEmptyDocumentGoesThroughTheHandlers() throws {
        var state = try ReloadState.make(deletion: .useDefaults, at: now)
        _ = state.prove(history.version(2), verdict: .applied, at: now)
        let actions = state.prove(DocumentVersion(tombstone), .main, at: now)
        #expect(actions.outcomes.map(\.kind) == [.deleted])
        let job = try #require(actions.job)
        #expect(try job.layers.object(isOverlay: false) == JSONObject())
        let outcomes = state.finish(job, .applied, at: now).outcomes
        #expect(outcomes.map(\.kind) == [.applied] && outcomes.map(\.version) == [3])
        #expect(outcomes[0].reason == "The document was deleted: this is what an empty one stands for.")
        // It is no version to come back to.
        #expect(state.good.versions.compactMap(\.layers.main?.version) == [2])
        #expect(state.rollback(to: .previous, ticket: 1, at: now).job?.layers.main?.version == 2)
    }

    @Test func whenHandlersRefuseThemWhatRanRunsOn() throws {
        var state = try ReloadState.make(deletion: .useDefaults, at: now)
        _ = state.prove(history.version(2), verdict: .applied, at: now)
        let outcomes = state.prove(tombstone, verdict: .refused(reason: "no"), at: now)
        #expect(outcomes.map(\.kind) == [.deleted, .rejected])
        #expect(state.applied?.layers.main?.version == 2 && state.tick(at: now).job == nil)
    }

    @Test func whatComesAfterIsAppliedAsAlways() throws {
        var history = history
        var state = try ReloadState.make(deletion: .useDefaults, at: now)
        _ = state.prove(tombstone, verdict: .applied, at: now)
        let revived = try history.publish("{\"n\":4}")
        #expect(state.prove(revived, verdict: .applied, at: now).map(\.version) == [4])
    }

    @Test func aDocumentThatNeverWasHasNone() throws {
        var state = try ReloadState.make(deletion: .useDefaults, at: now)
        #expect(state.foundNothingNewer(.main, at: now).job == nil)
    }

    @Test func aForcedReloadLoadsThemOnceMore() throws {
        var state = try ReloadState.make(deletion: .useDefaults, at: now)
        _ = state.prove(tombstone, verdict: .applied, at: now)
        #expect(state.reload(isForced: true, trigger: .manual, ticket: 1, at: now).job != nil)
    }
}
