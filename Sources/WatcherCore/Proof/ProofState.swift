import ConfigModel

/// What is proven about one document, and what has to be read: decisions only, no input and no output.
///
/// A version is proven by the registry (a response, or an event on the registry's own stream) or, above a baseline of the
/// same epoch, by the signature of a trusted key. With trusted keys a valid signature is required of everything, whatever
/// source it came from. Proven versions only rise within an epoch; a larger epoch replaces a smaller one, and only the
/// registry can say so.
struct ProofState: Sendable {
    let key: DocumentKey
    let trust: Trust
    var schedule: ReadSchedule
    /// The newest proven version, or what the cache says while nothing better is known.
    var newest: DocumentVersion?
    /// The registry named or confirmed `newest` in this run.
    var isConfirmed = false
    /// The registry serves another history than the one that is followed: that it sent everything it has proves nothing.
    var isEstranged = false
    /// The registry has a version of this document that was not verified, so that the document is not missing.
    var hasRefusedHead = false
    /// The epoch of `newest` is the one in which it was written, as an event of the registry's stream named it; the store's
    /// may be a later one.
    var isEpochAssumed = false
    /// When the registry, or a signed event, named `newest` first in this run.
    var newestAt: Instant?
    /// A signed version above `newest` needs no read of the registry.
    var hasBaseline = false
    /// When what is proven was last known to be the newest there is.
    var lastProof: Instant?
    var claimTimes = ClaimTimes()
    var refusals = RefusalMemory()
    /// What the bus should have brought.
    var announcements = MissedAnnouncements()
    var counters = ProofCounters()
    private var demands = 0

    init(key: DocumentKey, trust: Trust, schedule: ReadSchedule) {
        self.key = key
        self.trust = trust
        self.schedule = schedule
    }

    /// When a tick may have something to do.
    var wake: Instant? { earlier(schedule.wake, announcements.deadline) }

    /// Takes what lay on disk. With trusted keys it is a baseline, because its signature is checked; without, it is only
    /// something to run while the registry is away.
    mutating func restore(_ document: DocumentVersion) -> [ProofFinding] {
        if let refusal = trust.refusal(of: document.signedFacts, signature: document.signature) {
            counters.refusedSignatures += 1
            // The registry may have the same version, signed in the same way.
            return report(
                Refused(
                    version: document.version, contentHash: document.content.hash, reason: refusal, source: .cache))
        }
        // Something better may have been received while the file was read.
        guard newest == nil else { return [] }
        newest = document
        hasBaseline = trust.keys != nil
        return []
    }

    /// True for a version on disk that could be run again: with trusted keys only what they signed.
    mutating func mayHaveRun(_ document: DocumentVersion) -> Bool {
        guard document.key == key else { return false }
        guard trust.refusal(of: document.signedFacts, signature: document.signature) == nil else {
            counters.refusedSignatures += 1
            return false
        }
        return true
    }

    /// Reads the document on demand; returns the number of the demand.
    mutating func demand(isForced: Bool, at now: Instant) -> (number: Int, actions: [ProofFinding]) {
        demands += 1
        schedule.add(ReadNeeds(demand: demands, isForced: isForced, isUnconditional: isForced))
        return (demands, read(at: now))
    }

    /// Reads the document because sources started anew: what happened before was not received.
    ///
    /// - Parameter isFresh: false when it is read again as soon as there is a source that could miss something.
    mutating func resync(isFresh: Bool = true, at now: Instant) -> [ProofFinding] {
        schedule.add(ReadNeeds(isResync: true, isFresh: isFresh))
        return read(at: now)
    }

    /// Reads the document because an operator wants it, also while the source does not want to be read.
    mutating func refresh(at now: Instant) -> [ProofFinding] {
        schedule.add(ReadNeeds(isResync: true, isUrgent: true, isFresh: true))
        return read(at: now)
    }

    /// The source stands anew: what happened before was not received, and what happens from now on is announced.
    mutating func established(at now: Instant) -> [ProofFinding] {
        announcements.begin(at: now)
        return resync(at: now)
    }

    /// The source was lost. Without a first proof there may be nothing running: it is read at once.
    mutating func interrupted(at now: Instant) -> [ProofFinding] {
        announcements.end()
        return isConfirmed ? [] : resync(at: now)
    }

    /// Takes what the source says about the document.
    mutating func receive(_ event: SourceEvent, at now: Instant) -> [ProofFinding] {
        switch event {
        case .announced(let event): announced(event, at: now)
        case .served(let event): served(event, at: now)
        case .mayHaveChanged(let isFresh): resync(isFresh: isFresh, at: now)
        case .established: established(at: now)
        case .interrupted: interrupted(at: now)
        case .synced(let epoch): synced(epoch, at: now)
        case .proved(let age): proved(at: now - age)
        case .damaged(let version): damaged(version)
        }
    }

    /// Time passed.
    mutating func tick(at now: Instant) -> [ProofFinding] {
        let missed = announcements.tick(at: now).map(ProofFinding.unannounced)
        return (missed.map { [$0] } ?? []) + read(at: now)
    }

    /// The read that is due.
    mutating func read(at now: Instant) -> [ProofFinding] {
        if let claim = schedule.pending.claim, !isBeyond(claim) { schedule.forgetClaim() }
        guard let needs = schedule.begin(at: now) else { return [] }
        counters.reads += 1
        var request = ReadRequest(key: key, etag: knownETag(needs), sentAt: now, needs: needs)
        if let claim = needs.claim, isBeyond(claim) {
            request.minimumVersion = claim.version
            request.epoch = claim.epoch
            if !needs.isUnconditional, claim.document != nil {
                request.isAboutClaim = true
                request.etag = claim.etag
            }
        }
        return [.read(request)]
    }

    /// The version that need not be sent. An ETag names the number of an epoch only: before the registry has responded it
    /// could be another store's.
    func knownETag(_ needs: ReadNeeds) -> String? { isConfirmed && !needs.isUnconditional ? newest?.etag : nil }

    /// True for a claim of something newer than what is known.
    func isBeyond(_ claim: Claim) -> Bool {
        switch place(epoch: claim.epoch, version: claim.version) {
        case .first, .newer, .largerEpoch: true
        case .same, .older, .smallerEpoch, .foreignEpoch: false
        }
    }
}
