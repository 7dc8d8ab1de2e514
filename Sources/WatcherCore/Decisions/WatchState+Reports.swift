package import ConfigModel

extension WatchState {
    /// What the watcher does while `run()` has not ended; stale when the last proof is older than `limit`.
    ///
    /// - Parameter age: the age of the last proof.
    package func state(staleAfter limit: Duration, age: Duration?) -> WatcherState {
        if reloads.running != nil, reloads.setWait == nil { return .reloading }
        if reloads.isPaused { return .paused }
        if reloads.pin != nil { return .pinned }
        // The registry serves another history: whether what runs is the newest of its own is not known.
        let isEstranged = reloads.refusal?.isAboutEpoch ?? false
        if reloads.rejection != nil || (reloads.refusal != nil && !isEstranged) { return .rejected }
        if reloads.applied == nil { return .starting }
        if isEstranged || reloads.setWait != nil { return .stale }
        guard let age, age <= limit, reloads.applied?.layers.identity == reloads.newest.identity else { return .stale }
        return .current
    }

    /// What was counted about versions, events and reads.
    package var statistics: WatcherStatistics {
        var statistics = WatcherStatistics(
            proofs.all.map(\.counters).reduce(ProofCounters(), +), reloads.counters)
        let last = reloads.log.lastReload
        statistics.lastReloadAt = last?.finishedAt
        statistics.lastReloadDuration = last?.times.total
        let durations = reloads.log.recentDurations
        guard !durations.isEmpty else { return statistics }
        statistics.averageReloadDuration = durations.reduce(.zero, +) / durations.count
        // The smallest that 99 % do not exceed.
        statistics.slowReloadDuration = durations[(durations.count * 99 + 99) / 100 - 1]
        return statistics
    }

    /// The last operations, newest first.
    package func history(limit: Int) -> [ReloadOperation] {
        reloads.log.operations(of: key, isOverlay: reloads.isOverlay, limit: limit)
    }

    /// The versions that a rollback can bring back; what it takes last stands first.
    package var goodVersions: [GoodVersionFacts] {
        let initial = reloads.good.initial?.layers.identity
        return reloads.good.versions.map { good in
            let layer = good.layers.main ?? good.layers.base
            return GoodVersionFacts(
                version: good.layers.main?.version ?? 0,
                defaultVersion: reloads.isOverlay ? good.layers.base?.version ?? 0 : nil, epoch: layer?.epoch,
                contentHash: good.contentHash, isInitial: good.layers.identity == initial)
        }
    }

    /// The newest version of a document that the source itself named in this run.
    package func confirmedVersion(of key: DocumentKey) -> DocumentVersion? {
        let proof = proofs.all.first { $0.key == key }
        return proof.flatMap { $0.isConfirmed ? $0.newest : nil }
    }
}

extension WatcherStatistics {
    fileprivate init(_ proofs: ProofCounters, _ reloads: ReloadCounters) {
        self.reloads = reloads.reloads
        successes = reloads.successes
        failures = reloads.failures
        validationFailures = reloads.validationFailures
        rollbacks = reloads.rollbacks
        retries = reloads.retries
        setWaits = reloads.setWaits
        refusals = reloads.refusals
        deletions = reloads.deletions
        debouncedEvents = reloads.debounced
        events = proofs.events
        duplicates = proofs.duplicates
        outOfOrder = proofs.outOfOrder
        gaps = proofs.gaps
        smallerEpochs = proofs.smallerEpochs
        foreignEpochs = proofs.foreignEpochs
        unprovenEvents = proofs.unproven
        conflicts = proofs.conflicts
        refusedSignatures = proofs.refusedSignatures
        registryReads = proofs.reads
        failedRegistryReads = proofs.failedReads
    }
}
