package import ConfigModel

/// What decides about one watcher's proofs and reloads.
package struct WatchOptions: Sendable {
    var trust: Trust
    var pollInterval: Duration
    var start: StartPolicy
    var deletion: DeletionPolicy
    var debounce: DebounceStrategy

    /// Describes how a watcher decides.
    ///
    /// - Parameters:
    ///   - trustedKeys: the keys that may sign; nil when the source is trusted as it responds.
    ///   - pollInterval: how often a document is read although nothing was announced.
    ///   - start: what to do at the start when the source does not respond.
    ///   - deletion: what to do when the document is deleted.
    ///   - debounce: how long further changes are waited for.
    package init(
        trustedKeys: TrustedKeys? = nil, pollInterval: Duration = .seconds(60), start: StartPolicy = .allowStale(),
        deletion: DeletionPolicy = .keepLast, debounce: DebounceStrategy = .none
    ) {
        trust = Trust(keys: trustedKeys)
        self.pollInterval = pollInterval
        self.start = start
        self.deletion = deletion
        self.debounce = debounce
    }
}
