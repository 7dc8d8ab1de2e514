import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("Overlay: the environment's document over the default one")
struct OverlayTests {
    private let now = Instant.now
    private let main: TestHistory
    private let base: TestHistory

    init() throws {
        main = try .numbered(4, "parsing/prod")
        base = try .numbered(4, "parsing/default")
    }

    /// A state in which versions 1 of both documents run.
    private func running() throws -> ReloadState {
        var state = try ReloadState.make(isOverlay: true, at: now)
        #expect(state.prove(DocumentVersion(main.version(1)), .main, at: now).job == nil, "the other is not known yet")
        let job = try #require(state.prove(DocumentVersion(base.version(1)), .base, at: now).job)
        _ = state.finish(job, .applied, at: now)
        return state
    }

    @Test func bothAreAppliedTogetherEachWithItsVersion() throws {
        var state = try running()
        let job = try #require(state.prove(DocumentVersion(base.version(2)), .base, at: now).job)
        let outcome = try #require(state.finish(job, .applied, at: now).outcomes.first)
        #expect(outcome.version == 1 && outcome.defaultVersion == 2)
    }

    @Test func aBadVersionOfOneDoesNotKeepAGoodOneOfTheOtherFromRunning() throws {
        var state = try running()
        let isBad = { (job: ReloadJob) in job.layers.base?.version == 2 }
        let first = state.prove(DocumentVersion(base.version(2)), .base, at: now)
        #expect(state.finishAll(first, at: now) { isBad($0) ? .refused(reason: "bad") : .applied } == [[1, 2]])
        let second = state.prove(DocumentVersion(main.version(2)), .main, at: now)
        #expect(
            state.finishAll(second, at: now) { isBad($0) ? .refused(reason: "bad") : .applied } == [[2, 2], [2, 1]])
        #expect(state.rejection == "bad")
        let third = state.prove(DocumentVersion(base.version(3)), .base, at: now)
        #expect(state.finishAll(third, at: now) { isBad($0) ? .refused(reason: "bad") : .applied } == [[2, 3]])
        #expect(state.rejection == nil)
    }

    @Test func versionsThatOnlyWorkTogetherAreAppliedTogether() throws {
        var state = try running()
        let works = { (job: ReloadJob) in job.layers.main?.version == job.layers.base?.version }
        let first = state.prove(DocumentVersion(base.version(2)), .base, at: now)
        _ = state.finishAll(first, at: now) { works($0) ? .applied : .refused(reason: "no") }
        #expect(state.applied?.layers.base?.version == 1)
        let second = state.prove(DocumentVersion(main.version(2)), .main, at: now)
        _ = state.finishAll(second, at: now) { works($0) ? .applied : .refused(reason: "no") }
        #expect(state.applied?.layers.base?.version == 2 && state.applied?.layers.main?.version == 2)
    }

    @Test func withoutADocumentOfItsOwnTheWatcherRunsTheDefaultOneAsVersion0() throws {
        var state = try ReloadState.make(isOverlay: true, at: now)
        _ = state.foundNothingNewer(.main, at: now)
        let job = try #require(state.prove(DocumentVersion(base.version(2)), .base, at: now).job)
        let outcome = try #require(state.finish(job, .applied, at: now).outcomes.first)
        #expect(outcome.version == 0 && outcome.defaultVersion == 2)
    }

    @Test func deletingTheEnvironmentsDocumentBringsTheDefaultOneBack() throws {
        var main = main
        let tombstone = try main.delete()
        var state = try running()
        let job = try #require(state.prove(DocumentVersion(tombstone), .main, at: now).job)
        #expect(try job.layers.object(isOverlay: true)["n"] == .number(JSONNumber(1)))
        #expect(state.finish(job, .applied, at: now).outcomes.map(\.kind) == [.applied])
    }

    @Test func theMergeIsRFC7396NullRemovesAlsoWhenThereIsNothingUnderneath() throws {
        let patch = try TestHistory("a/prod", contents: ["{\"db\":{\"host\":\"b\",\"port\":null},\"gone\":null}"])
        let target = try TestHistory(
            "a/default", contents: ["{\"db\":{\"host\":\"a\",\"port\":1,\"pool\":2},\"gone\":3}"])
        var layers = DocumentLayers(main: DocumentVersion(patch.version(1)), base: DocumentVersion(target.version(1)))
        #expect(
            try JSONValue.object(layers.object(isOverlay: true)).description == "{\"db\":{\"host\":\"b\",\"pool\":2}}")
        layers.base = nil
        #expect(try JSONValue.object(layers.object(isOverlay: true)).description == "{\"db\":{\"host\":\"b\"}}")
        #expect(try layers.object(isOverlay: false)["gone"] == .null)
    }
}
