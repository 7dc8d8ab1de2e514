/// Why the registry should be asked; one question can serve all reasons that were there before it was sent.
struct ReadNeeds: Sendable, Equatable {
    /// The largest unproven claim.
    var claim: Claim?
    /// Something unproven was said since the last question, or a claim could not be met: look again.
    var isSuspicious = false
    /// Sources started anew: read after bind.
    var isResync = false
    /// What the registry remembers is not enough: an event may have been missed that is newer than that.
    var isFresh = false
    /// Somebody asked; each time has a number, so that an answer can be told to whom it concerns.
    var demand: Int?
    /// Take whatever the registry has, also from another epoch or with a lower number.
    var isForced = false
    /// The content itself is in doubt: ask without a condition.
    var isUnconditional = false

    mutating func merge(_ other: ReadNeeds) {
        claim = Claim.larger(claim, other.claim)
        isSuspicious = isSuspicious || other.isSuspicious
        isResync = isResync || other.isResync
        isFresh = isFresh || other.isFresh
        demand = [demand, other.demand].compactMap { $0 }.max()
        isForced = isForced || other.isForced
        isUnconditional = isUnconditional || other.isUnconditional
    }
}
