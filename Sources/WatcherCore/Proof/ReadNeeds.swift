/// Why a document should be read; one read can serve all reasons that were there before it was sent.
struct ReadNeeds: Sendable, Equatable {
    /// The largest unproven claim.
    var claim: Claim?
    /// Something unproven arrived since the last read, or a claim could not be met: read again.
    var isSuspicious = false
    /// Sources started anew: read after bind.
    var isResync = false
    /// An operator wants to know now.
    var isUrgent = false
    /// What the registry remembers is not enough: an event may have been missed that is newer than that.
    var isFresh = false
    /// A caller requested it; each request has a number, by which the response is passed on.
    var demand: Int?
    /// Take whatever the registry has, also from another epoch or with a lower number.
    var isForced = false
    /// The content itself is in doubt: read without a condition.
    var isUnconditional = false

    mutating func merge(_ other: ReadNeeds) {
        claim = Claim.larger(claim, other.claim)
        isSuspicious = isSuspicious || other.isSuspicious
        isResync = isResync || other.isResync
        isUrgent = isUrgent || other.isUrgent
        isFresh = isFresh || other.isFresh
        demand = [demand, other.demand].compactMap { $0 }.max()
        isForced = isForced || other.isForced
        isUnconditional = isUnconditional || other.isUnconditional
    }
}
