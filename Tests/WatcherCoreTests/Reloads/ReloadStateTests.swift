import ConfigModel
import TestSupport
import Testing

@testable import WatcherCore

@Suite("What should run")
struct ReloadStateTests {
    private let now = Instant.now
    private let history: TestHistory

    init() throws { history = try .numbered(9) }

    private func document(_ version: Int) -> DocumentVersion { DocumentVersion(history.version(version)) }

    @Test func whatIsProvenIsAppliedAndReportedWithItsLatencyTheFirstVersionWithout() throws {
        var state = try ReloadState.make(at: now)
        let first = state.prove(history.version(1), verdict: .applied, at: now)
        let second = state.prove(history.version(2), verdict: .applied, at: now)
        #expect(first.map(\.kind) == [.applied] && first[0].latency == nil)
        #expect(second.map(\.version) == [2] && second[0].latency == .milliseconds(498))
        #expect(second[0].contentHash == history.version(2).content.hash)
        #expect(state.counters.successes == 2)
    }

    @Test func whileAReloadRunsOnlyTheNewestVersionIsKept() throws {
        var state = try ReloadState.make(at: now)
        let job = try #require(state.prove(document(1), .main, at: now).job)
        for version in 2...9 { #expect(state.prove(document(version), .main, at: now).job == nil) }
        let next = try #require(state.finish(job, .applied, at: now).job)
        #expect(next.layers.main?.version == 9)
        #expect(state.finish(next, .applied, at: now).job == nil)
        #expect(state.counters.reloads == 2)
    }

    @Test func aDeletionIsReportedAfterTheVersionBeforeItWhoseReloadWasUnderWayAlsoByAWatcherThatStops() throws {
        for stops in [false, true] {
            var history = try TestHistory.numbered(2)
            try history.delete()
            var state = try ReloadState.make(at: now)
            _ = state.prove(history.version(1), verdict: .applied, at: now)
            let job = try #require(state.prove(document(2), .main, at: now).job)
            #expect(state.prove(DocumentVersion(history.version(3)), .main, at: now).outcomes.isEmpty)
            if stops { _ = state.stop() }
            let outcomes = state.finish(job, .applied, at: now).outcomes
            #expect(outcomes.map(\.kind) == [.applied, .deleted] && outcomes.map(\.version) == [2, 3])
        }
    }

    @Test func aRefusedVersionLeavesTheOldOneRunningAndIsNotTriedAgainUntilSomethingNewerIsProven() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        let outcomes = state.prove(history.version(2), verdict: .refused(reason: "no"), at: now)
        #expect(outcomes.map(\.kind) == [.rejected] && outcomes[0].reason == "no")
        #expect(state.applied?.layers.main?.version == 1)
        #expect(state.prove(document(2), .main, at: now).job == nil)
        #expect(state.tick(at: now).job == nil)
        #expect(state.prove(document(3), .main, at: now).job?.layers.main?.version == 3)
    }

    @Test func whatRunsCountsOnInANewEpochReportedAndSavedAndNotLoadedAgain() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(3), verdict: .applied, at: now)
        let later = document(3).counting(in: TestHistory.secondEpoch)
        let actions = state.prove(later, .main, at: now)
        let outcome = try #require(actions.outcomes.first)
        #expect(outcome.kind == .applied && outcome.version == 3 && outcome.epoch == TestHistory.secondEpoch)
        #expect(outcome.reason?.contains("\(TestHistory.firstEpoch)") == true)
        #expect(actions.job == nil && actions.saved?.main?.epoch == TestHistory.secondEpoch)
        #expect(state.prove(later, .main, at: now).outcomes.isEmpty, "once")
    }

    @Test func thatTheStoresEpochIsALaterOneThanAnEventNamedIsSavedAndNoNews() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(3), verdict: .applied, at: now)
        var later = document(3).counting(in: TestHistory.secondEpoch)
        later.correctsEpoch = true
        let actions = state.prove(later, .main, at: now)
        #expect(actions.outcomes.isEmpty && actions.saved?.main?.epoch == TestHistory.secondEpoch)
    }

    @Test func aForcedReloadTriesARefusedVersionAgain() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .invalid(reason: "no"), at: now)
        #expect(state.counters.validationFailures == 1)
        let job = try #require(state.reload(isForced: true, trigger: .manual, ticket: 7, at: now).job)
        let actions = state.finish(job, .applied, at: now)
        #expect(try actions.answers[7]?.get()?.kind == .applied)
    }

    @Test func aReloadThatHasNothingToDoAnswersSo() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        #expect(try state.reload(isForced: false, trigger: .manual, ticket: 1, at: now).answers[1]?.get() == nil)
    }

    @Test func aReloadThatIsRequestedWhileOneRunsIsCompletedByTheOneThatBringsTheNewest() throws {
        var state = try ReloadState.make(at: now)
        let first = try #require(state.prove(document(1), .main, at: now).job)
        _ = state.prove(document(2), .main, at: now)
        _ = state.reload(isForced: false, trigger: .manual, ticket: 1, at: now)
        let afterFirst = state.finish(first, .applied, at: now)
        #expect(afterFirst.answers.isEmpty)
        let second = try #require(afterFirst.job)
        #expect(try state.finish(second, .applied, at: now).answers[1]?.get()?.version == 2)
    }

    @Test func aLocalRollbackPinsAVersionNewerThanAnySeenLiftsIt() throws {
        var state = try ReloadState.make(at: now)
        for version in 1...4 { _ = state.prove(history.version(version), verdict: .applied, at: now) }
        let job = try #require(state.rollback(to: .version(2), ticket: 1, at: now).job)
        let actions = state.finish(job, .applied, at: now)
        #expect(actions.outcomes.map(\.kind) == [.rolledBack] && actions.outcomes[0].version == 2)
        #expect(state.pin != nil)
        #expect(state.prove(document(4), .main, at: now).job == nil)
        #expect(state.tick(at: now).job == nil)
        #expect(state.prove(history.version(5), verdict: .applied, at: now).map(\.version) == [5])
        #expect(state.pin == nil)
    }

    @Test func aForcedReloadLiftsAPin() throws {
        var state = try ReloadState.make(at: now)
        for version in 1...2 { _ = state.prove(history.version(version), verdict: .applied, at: now) }
        let rollback = try #require(state.rollback(to: .version(1), ticket: 1, at: now).job)
        _ = state.finish(rollback, .applied, at: now)
        let job = try #require(state.reload(isForced: true, trigger: .manual, ticket: 2, at: now).job)
        #expect(job.layers.main?.version == 2)
        _ = state.finish(job, .applied, at: now)
        #expect(state.pin == nil)
    }

    @Test func theLastFiveGoodVersionsAreKeptAndTheFirstOfTheRun() throws {
        var state = try ReloadState.make(at: now)
        for version in 1...8 { _ = state.prove(history.version(version), verdict: .applied, at: now) }
        let answer = state.rollback(to: .version(3), ticket: 1, at: now).answers[1]
        #expect(throws: WatcherError.self) { try answer?.get() }
        #expect(state.good.versions.compactMap(\.layers.main?.version) == [4, 5, 6, 7, 8])
        #expect(state.rollback(to: .initial, ticket: 2, at: now).job?.layers.main?.version == 1)
    }

    @Test func whilePausedVersionsAreOnlyKeptAndResumingAppliesTheNewest() throws {
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(1), verdict: .applied, at: now)
        _ = state.pause(at: now)
        #expect(state.prove(document(2), .main, at: now).job == nil)
        #expect(state.prove(document(3), .main, at: now).job == nil)
        #expect(state.resume(at: now).job?.layers.main?.version == 3)
    }

    @Test func aDeletedDocumentIsReportedOnceAndWhatRanRunsOn() throws {
        var history = history
        let tombstone = try history.delete()
        var state = try ReloadState.make(at: now)
        _ = state.prove(history.version(9), verdict: .applied, at: now)
        let outcomes = state.prove(tombstone, verdict: .applied, at: now)
        #expect(outcomes.map(\.kind) == [.deleted] && outcomes[0].version == 10)
        #expect(state.prove(DocumentVersion(tombstone), .main, at: now).outcomes.isEmpty)
        #expect(state.applied?.layers.main?.version == 9)
        let revived = try history.publish("{\"n\":11}")
        #expect(state.prove(revived, verdict: .applied, at: now).map(\.version) == [11])
    }

    @Test func aPolicyCanMakeADeletionEndTheWatcher() throws {
        var history = history
        let tombstone = try history.delete()
        var state = try ReloadState.make(deletion: .fail, at: now)
        #expect(state.prove(DocumentVersion(tombstone), .main, at: now).failure?.code == .noConfiguration)
    }

    @Test func afterStoppingNothingBeginsWhatIsUnderWayEndsFirst() throws {
        var state = try ReloadState.make(at: now)
        let job = try #require(state.prove(document(1), .main, at: now).job)
        #expect(!state.stop().contains { if case .stopped = $0 { true } else { false } })
        _ = state.prove(document(2), .main, at: now)
        let actions = state.finish(job, .applied, at: now)
        #expect(actions.job == nil)
        #expect(actions.contains { if case .stopped = $0 { true } else { false } })
    }
}
