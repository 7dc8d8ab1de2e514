import Synchronization

extension WatcherStatistics {
    init(_ pipeline: WatchPipeline, _ engine: EngineCounters, staleness: Duration?) {
        let (proofs, reloads) = pipeline.inspect { state in
            (state.proofs.all.map(\.counters).reduce(ProofCounters(), +), state.reloads.counters)
        }
        self.init(proofs, reloads)
        unreadableEvents = engine.unreadableEvents
        refusedMessages = engine.refusedMessages
        interruptions = engine.interruptions
        sourceFailure = pipeline.conditions.sourceFailure
        cacheFailures = pipeline.cacheFailures.load(ordering: .relaxed)
        stuckHandlers = pipeline.reloader.stuckHandlers
        self.staleness = staleness
    }

    private init(_ proofs: ProofCounters, _ reloads: ReloadCounters) {
        self.reloads = reloads.reloads
        successes = reloads.successes
        failures = reloads.failures
        validationFailures = reloads.validationFailures
        rollbacks = reloads.rollbacks
        deletions = reloads.deletions
        lastReloadAt = reloads.lastReloadAt
        lastReloadDuration = reloads.lastReloadDuration
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
