/// What happened to one document's events, reads and responses.
struct ProofCounters: Sendable, Equatable {
    var events = 0
    var duplicates = 0
    var outOfOrder = 0
    var gaps = 0
    var smallerEpochs = 0
    var foreignEpochs = 0
    var unproven = 0
    var conflicts = 0
    var refusedSignatures = 0
    var reads = 0
    var failedReads = 0
    var unknownAnswers = 0
}

extension ProofCounters {
    static func + (left: ProofCounters, right: ProofCounters) -> ProofCounters {
        ProofCounters(
            events: left.events + right.events, duplicates: left.duplicates + right.duplicates,
            outOfOrder: left.outOfOrder + right.outOfOrder, gaps: left.gaps + right.gaps,
            smallerEpochs: left.smallerEpochs + right.smallerEpochs,
            foreignEpochs: left.foreignEpochs + right.foreignEpochs, unproven: left.unproven + right.unproven,
            conflicts: left.conflicts + right.conflicts,
            refusedSignatures: left.refusedSignatures + right.refusedSignatures, reads: left.reads + right.reads,
            failedReads: left.failedReads + right.failedReads,
            unknownAnswers: left.unknownAnswers + right.unknownAnswers)
    }
}
