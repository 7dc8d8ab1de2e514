package import ConfigModel

/// What decides about one watcher's proofs and reloads.
package struct WatchOptions: Sendable {
    var trust: Trust
    var pollInterval: Duration
    var start: StartPolicy
    var deletion: DeletionPolicy
    var retry: ReloadRetry
    var staleness: StalenessPolicy
    var history: Int
    var goodVersions: Int
    var debounce: DebounceStrategy
    var keepsSets: Bool
    var sourceTrigger: ReloadTrigger
    var provesFreshness: Bool
    var isOnDemand: Bool

    /// Describes how a watcher decides.
    ///
    /// - Parameters:
    ///   - trustedKeys: the keys that may sign; nil when the source is trusted as it responds.
    ///   - pollInterval: how often a document is read although nothing was announced.
    ///   - start: what to do at the start when the source does not respond.
    ///   - deletion: what to do when the document is deleted.
    ///   - retry: whether a version that handlers refused is tried again.
    ///   - staleness: what it means when there was no proof for a while.
    ///   - history: how many operations are kept.
    ///   - goodVersions: how many versions are kept for a rollback.
    ///   - debounce: how long further changes are waited for.
    ///   - keepsSets: true to apply what was published together only together.
    ///   - sourceTrigger: what the source's events are called in the history.
    ///   - provesFreshness: whether the source's word makes a version the newest.
    ///   - isOnDemand: documents are read when that is requested, and at no other time.
    package init(
        trustedKeys: TrustedKeys? = nil, pollInterval: Duration = .seconds(60), start: StartPolicy = .allowStale(),
        deletion: DeletionPolicy = .keepLast, retry: ReloadRetry = .none, staleness: StalenessPolicy = .serve,
        history: Int = 100, goodVersions: Int = 5, debounce: DebounceStrategy = .none,
        keepsSets: Bool = false, sourceTrigger: ReloadTrigger = .event, provesFreshness: Bool = true,
        isOnDemand: Bool = false
    ) {
        trust = Trust(keys: trustedKeys)
        self.pollInterval = pollInterval
        self.start = start
        self.deletion = deletion
        self.retry = retry
        self.staleness = staleness
        self.history = history
        self.goodVersions = goodVersions
        self.debounce = debounce
        self.keepsSets = keepsSets
        self.sourceTrigger = sourceTrigger
        self.provesFreshness = provesFreshness
        self.isOnDemand = isOnDemand
    }
}
