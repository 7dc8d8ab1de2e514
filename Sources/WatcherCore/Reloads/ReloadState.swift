import ConfigModel

/// What should run, what runs and what was refused: decisions only, no input and no output.
///
/// Only the newest proven versions are wanted, one reload is under way at a time, and what was refused is not tried again
/// until something newer is proven or a reload is forced.
struct ReloadState: Sendable {
    let key: DocumentKey
    let isOverlay: Bool
    let deletion: DeletionPolicy
    let retryPolicy: ReloadRetry
    var start: StartPhase
    /// The newest proven versions.
    var newest = DocumentLayers()
    /// What readers see.
    var applied: GoodVersion?
    var good: GoodVersions
    /// What was tried, and what came of it.
    var log: OperationLog
    /// What made the watcher look, when the newest version was found.
    var cause = ReloadTrigger.start
    /// The time of day at the last decision, for what is not loaded.
    var date = Timestamp(milliseconds: 0)
    /// The reload under way.
    var running: ReloadJob?
    /// Set by a local rollback: the newest version at that time, which does not lift it.
    var pin: LayersIdentity?
    var isPaused = false
    var isStopping = false
    /// What handlers and validators refused.
    var rejected: Set<LayersIdentity> = []
    /// Why the newest version does not run.
    var rejection: String?
    /// Why what the registry sent was refused.
    var refusal: Refusal?
    var commands = CommandQueue()
    var counters = ReloadCounters()
    /// A version that is tried again.
    var retry: RetryPlan?
    /// Gathers versions that are proven one soon after the other.
    var debounce: Debounce
    /// When the version that waits for the end of a burst may be loaded; nil while none does.
    var heldUntil: Instant?
    /// Versions that were published together are applied together.
    let keepsSets: Bool
    /// The documents are files.
    let areFiles: Bool
    /// Set while the reload under way waits for other documents.
    var setWait: SetWait?
    private var reportedDeletion: LayersIdentity?
    private var jobs = 0

    /// - Parameter seed: makes the names of operations unique.
    init(key: DocumentKey, isOverlay: Bool, options: WatchOptions, seed: UInt64) {
        self.key = key
        keepsSets = options.keepsSets
        areFiles = options.sourceTrigger == .file
        self.isOverlay = isOverlay
        deletion = options.deletion
        retryPolicy = options.retry
        debounce = Debounce(options.debounce)
        good = GoodVersions(capacity: options.goodVersions)
        log = OperationLog(capacity: options.history, seed: seed)
        start = StartPhase(policy: options.start, layers: isOverlay ? [.main, .base] : [.main])
    }

    /// A version is proven.
    mutating func prove(_ document: DocumentVersion, _ layer: Layer, at now: Instant) -> [WatchAction] {
        start.markRead(layer)
        refusal = nil
        if newest[layer]?.identity != document.identity {
            rejection = nil
            if heldUntil != nil { counters.debounced += 1 }
            debounce.receive(isUrgent: document.isTombstone || document.isRollback, at: now)
        }
        newest[layer] = document
        forgetOldRejections()
        return reportEpoch(layer) + advance(at: now)
    }

    /// What was proven is the newest, or there never was anything.
    mutating func foundNothingNewer(_ layer: Layer, at now: Instant) -> [WatchAction] {
        start.markRead(layer)
        refusal = nil
        debounce.foundNothing()
        return advance(at: now)
    }

    /// The registry did not answer.
    mutating func unreachable(_ reason: String, at now: Instant) -> [WatchAction] {
        start.unreachable(reason, at: now)
        return advance(at: now)
    }

    /// Something that a source sent was refused; it is reported when it is news.
    mutating func refuse(
        _ refused: Refused, _ layer: Layer, isNews: Bool = true, cause: ReloadTrigger? = nil, at now: Instant
    ) -> [WatchAction] {
        let outcome = outcome(refused, layer)
        var actions = isNews ? [WatchAction.report(outcome)] : []
        if refused.source == .registry {
            if isNews {
                counters.refusals += 1
                record(outcome, .rejected, cause: cause)
            }
            refusal = refused.reason
            start.unreachable(refused.reason.description, at: now)
            actions += advance(at: now)
        }
        return actions
    }

    /// Time passed.
    mutating func tick(at now: Instant) -> [WatchAction] {
        let isProvenRunning = applied.map { $0.layers.identity == newest.identity } ?? false
        if let limit = start.tick(at: now, isProvenRunning: isProvenRunning) {
            let sentence = "No proven configuration of \(key) runs after \(limit.words): \(obstacle)"
            return [.fail(WatcherError(.notProven, sentence))]
        }
        if let identity = retry?.identity, retry?.isDue(at: now) ?? false { rejected.remove(identity) }
        return advance(at: now)
    }

    /// Nothing new is begun; returns `.stopped` when nothing is under way.
    mutating func stop() -> [WatchAction] {
        isStopping = true
        return commands.fail(WatcherError(.notRunning, "The watcher of \(key) stopped."))
            + (running == nil ? [.stopped] : setWait.map { [.withdraw(job: $0.job)] } ?? [])
    }

    mutating func nextJobNumber() -> Int {
        jobs += 1
        return jobs
    }

    /// Not while an earlier version is being applied: what happened first is reported first.
    mutating func reportDeletion() -> [WatchAction] {
        let identity = newest.identity
        guard !newest.hasContent, identity.main != nil || identity.base != nil, reportedDeletion != identity else {
            return []
        }
        reportedDeletion = identity
        counters.deletions += 1
        let outcome = outcome(of: newest, .deleted)
        record(outcome, .deleted)
        guard deletion == .fail else { return [.report(outcome)] }
        return [.report(outcome), .fail(WatcherError(.noConfiguration, "The document \(key) was deleted."))]
    }

    /// What runs counts on in a new epoch: nothing is loaded again, but the outcomes say it, and the cache
    /// must not keep the epoch that was replaced.
    private mutating func reportEpoch(_ layer: Layer) -> [WatchAction] {
        guard let applied, let before = applied.layers[layer]?.epoch, let document = newest[layer],
            before != document.epoch, applied.layers.identity == newest.identity
        else { return [] }
        self.applied = GoodVersion(layers: newest, contentHash: applied.contentHash)
        return (document.correctsEpoch ? [] : [.report(outcomeOfEpoch(before: before))]) + [.save(newest)]
    }

    /// Only combinations of what is newest and what runs can come up again.
    private mutating func forgetOldRejections() {
        guard !rejected.isEmpty else { return }
        let main = [newest.main?.identity, applied?.layers.main?.identity]
        let base = [newest.base?.identity, applied?.layers.base?.identity]
        rejected = rejected.filter { main.contains($0.main) && base.contains($0.base) }
        if let identity = retry?.identity, !rejected.contains(identity) { retry = nil }
    }
}
