import ConfigModel

/// What came of a reload.
struct ReloadReport: Sendable {
    enum Verdict: Sendable, Equatable {
        /// The new value is what readers see.
        case applied
        /// The content did not pass decoding, schema or validators; no handler was called.
        case invalid(reason: String)
        /// Too few handlers succeeded; what ran before runs on.
        ///
        /// `mayPass`: the same may succeed later without anything being changed.
        case refused(reason: String, mayPass: Bool = false)
        /// The watcher was cancelled during the reload: nothing is said about the version.
        case abandoned
    }

    let job: ReloadJob
    let verdict: Verdict
    /// The hash of the content as a reader sees it; nil when the layers could not be merged.
    let contentHash: String?
    let handlers: [HandlerOutcome]
    let warnings: [String]
    let finishedAt: Timestamp
    let duration: Duration
    /// Calls of handlers that ignored the end of their time during this reload; when one returns, the handler has to be told
    /// what runs.
    var stuck: [HandlerCall] = []
}
