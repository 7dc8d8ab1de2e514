/// Decides when one document is read. At most one read is under way.
///
/// * A demand, and a source that started anew, are served at once.
/// * Something unproven costs a token. There is one a second, so that a flood of events causes one read a second;
///   while the token is there the read is made without delay. A read that brought news gives its token back:
///   true events are never slowed down.
/// * A read that failed is repeated with jitter, further and further apart up to half a minute or the interval of the poll.
/// * The poll reads when nothing else did.
/// * When the source said for how long it does not want to be read (`Retry-After`), only a demand is served before, and what
///   an operator wants.
/// * On demand there is neither a poll nor a repetition.
struct ReadSchedule: Sendable {
    static let suspicionInterval = Duration.seconds(1)
    static let firstRetry = Duration.milliseconds(250)
    static let longestRetry = Duration.seconds(30)

    private let interval: Duration
    private let isOnDemand: Bool
    private var jitter: Jitter
    private(set) var inFlight: ReadNeeds?
    private(set) var pending = ReadNeeds()
    private var tokenAt: Instant
    private var retryAt: Instant?
    /// Until then the source does not want to be read.
    private var unwantedUntil: Instant?
    private var pollAt: Instant?
    private var failures = 0

    init(interval: Duration, isOnDemand: Bool = false, jitter: Jitter, now: Instant) {
        self.interval = interval
        self.isOnDemand = isOnDemand
        self.jitter = jitter
        tokenAt = now
        planPoll(at: now)
    }

    /// Adds reasons to read.
    mutating func add(_ needs: ReadNeeds) { pending.merge(needs) }

    /// What was claimed is known by now.
    mutating func forgetClaim() {
        pending.claim = nil
        pending.isSuspicious = pending.isUnconditional
    }

    /// The reasons of the read that should be sent now; nil while none should.
    mutating func begin(at now: Instant) -> ReadNeeds? {
        guard inFlight == nil, !isUnwanted(at: now) else { return nil }
        let isDue = pending.isResync || pending.demand != nil || earlier(pollAt, retryAt).map { $0 <= now } ?? false
        if !isDue {
            guard pending.isSuspicious, tokenAt <= now else { return nil }
            tokenAt = now + jitter.spread(Self.suspicionInterval, 1.0...1.25)
        }
        let needs = pending
        pending = ReadNeeds()
        retryAt = nil
        inFlight = needs
        return needs
    }

    private func isUnwanted(at now: Instant) -> Bool {
        pending.demand == nil && !pending.isUrgent && unwantedUntil.map { now < $0 } ?? false
    }

    /// The registry answered.
    ///
    /// - Parameters:
    ///   - broughtNews: the response is newer than what was known.
    ///   - leavesDoubt: a claim could not be met. What answered may have been a second behind, so look once more.
    mutating func answered(at now: Instant, broughtNews: Bool, leavesDoubt: Bool) {
        inFlight = nil
        unwantedUntil = nil
        failures = 0
        planPoll(at: now)
        if broughtNews { tokenAt = now }
        if leavesDoubt {
            pending.isSuspicious = true
            tokenAt = max(tokenAt, now + jitter.spread(Self.suspicionInterval, 1.25...1.5))
        }
    }

    /// There was no response: the same is read again later.
    mutating func failed(at now: Instant, retryAfter: Duration?) {
        if var needs = inFlight {
            needs.demand = nil
            needs.isForced = false
            needs.isResync = false
            needs.isUrgent = false
            needs.isSuspicious = false
            pending.merge(needs)
        }
        inFlight = nil
        guard !isOnDemand else { return }
        let longest = min(interval, Self.longestRetry, Self.firstRetry * (1 << min(failures, 16)))
        let requested = SourceFailure.pause(requested: retryAfter)
        let pause = max(jitter.spread(longest, 0.1...1), requested ?? .zero)
        unwantedUntil = requested.map { now + $0 }
        failures += 1
        retryAt = now + pause
        pollAt = max(pollAt ?? now, now + pause)
    }

    private mutating func planPoll(at now: Instant) {
        pollAt = isOnDemand ? nil : now + jitter.spread(interval, 0.9...1.1)
    }

    /// When `begin` may have something to say next; nil while a read is under way.
    var wake: Instant? {
        guard inFlight == nil else { return nil }
        guard let next = [pollAt, retryAt, pending.isSuspicious ? tokenAt : nil].compactMap({ $0 }).min() else {
            return nil
        }
        return unwantedUntil.map { max(next, $0) } ?? next
    }
}
