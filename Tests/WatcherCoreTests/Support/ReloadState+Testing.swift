import ConfigModel
import TestSupport

@testable import WatcherCore

extension ReloadState {
    static func make(
        isOverlay: Bool = false, start: StartPolicy = .allowStale(), deletion: DeletionPolicy = .keepLast,
        retry: ReloadRetry = .none, history: Int = 100, goodVersions: Int = 5, debounce: DebounceStrategy = .none,
        at now: Instant
    ) throws -> ReloadState {
        var state = ReloadState(
            key: try DocumentKey(parsing: "parsing/prod"), isOverlay: isOverlay,
            options: WatchOptions(
                start: start, deletion: deletion, retry: retry, history: history, goodVersions: goodVersions,
                debounce: debounce),
            seed: 7)
        state.start.begin(at: now)
        return state
    }

    /// Proves a version and lets the reload that follows succeed or fail; answers the outcomes.
    mutating func prove(_ record: VersionRecord, verdict: ReloadReport.Verdict, at now: Instant) -> [Outcome] {
        let actions = prove(DocumentVersion(record), .main, at: now)
        guard let job = actions.job else { return actions.outcomes }
        return actions.outcomes + finish(job, verdict, at: now).outcomes
    }

    /// Ends a reload.
    mutating func finish(
        _ job: ReloadJob, _ verdict: ReloadReport.Verdict,
        times: ReloadTimes = ReloadTimes(apply: .milliseconds(1)), at now: Instant
    ) -> [WatchAction] {
        finished(
            ReloadReport(
                job: job, verdict: verdict, contentHash: job.layers.main?.content.hash, handlers: [], warnings: [],
                finishedAt: Timestamp(milliseconds: 1_790_000_000_500), times: times),
            at: now)
    }

    /// Ends all reloads that follow from each other; answers the versions that were tried.
    mutating func finishAll(
        _ actions: [WatchAction], at now: Instant, _ verdict: (ReloadJob) -> ReloadReport.Verdict
    ) -> [[Int64]] {
        var tried: [[Int64]] = []
        var actions = actions
        while let job = actions.job {
            tried.append([job.layers.main?.version ?? 0, job.layers.base?.version ?? 0])
            actions = finish(job, verdict(job), at: now)
        }
        return tried
    }
}

extension [WatchAction] {
    /// The reload that is to begin.
    var job: ReloadJob? {
        for case .run(let job) in self { return job }
        return nil
    }

    var outcomes: [Outcome] {
        compactMap { action in
            guard case .report(let outcome) = action else { return nil }
            return outcome
        }
    }

    /// What is to be written into the cache.
    var saved: DocumentLayers? {
        for case .save(let layers) in self { return layers }
        return nil
    }

    /// The responses to tickets.
    var answers: [Int: Result<Outcome?, WatcherError>] {
        var answers: [Int: Result<Outcome?, WatcherError>] = [:]
        for case .complete(let ticket, let answer) in self { answers[ticket] = answer }
        return answers
    }

    var failure: WatcherError? {
        for case .fail(let error) in self { return error }
        return nil
    }
}
