package import ConfigModel

/// What came of a reload.
package struct ReloadReport: Sendable {
    /// The end of a reload.
    package enum Verdict: Sendable, Equatable {
        /// The new value is what readers see.
        case applied
        /// The content did not pass decoding, schema or validators; no handler was called.
        case invalid(reason: String, kind: RejectionKind = .other)
        /// Too few handlers succeeded; what ran before runs on.
        ///
        /// `isTransient`: the same may succeed later without anything being changed.
        case refused(reason: String, isTransient: Bool = false, kind: RejectionKind = .other)
        /// The watcher was cancelled during the reload: nothing is said about the version.
        case abandoned
    }

    let job: ReloadJob
    let verdict: Verdict
    let contentHash: String?
    let handlers: [HandlerOutcome]
    let warnings: [String]
    let finishedAt: Timestamp
    let times: ReloadTimes

    /// Describes what came of a reload.
    ///
    /// - Parameters:
    ///   - job: the attempt.
    ///   - verdict: how it ended.
    ///   - contentHash: the hash of the content as a reader sees it; nil when the layers could not be merged.
    ///   - handlers: what handlers made of it.
    ///   - warnings: what validators said without refusing.
    ///   - finishedAt: when it ended.
    ///   - times: how long it took.
    package init(
        job: ReloadJob, verdict: Verdict, contentHash: String?, handlers: [HandlerOutcome], warnings: [String],
        finishedAt: Timestamp, times: ReloadTimes
    ) {
        self.job = job
        self.verdict = verdict
        self.contentHash = contentHash
        self.handlers = handlers
        self.warnings = warnings
        self.finishedAt = finishedAt
        self.times = times
    }
}
