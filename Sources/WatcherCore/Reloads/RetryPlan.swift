/// A version that handlers refused and that is tried again: because the policy says so, or because the reason passes by
/// itself, such as a full disk.
struct RetryPlan: Sendable, Equatable {
    let identity: LayersIdentity
    let reason: String
    /// How often it was tried.
    let attempts: Int
    /// The same reason is reported once, because it may go on for hours.
    private let isQuiet: Bool
    /// When it is tried again; nil when that was decided and has not happened yet.
    private(set) var at: Instant?
    /// What made the attempt under way begin.
    private(set) var trigger = ReloadTrigger.retry

    /// - Parameters:
    ///   - report: the attempt that was refused.
    ///   - pause: how long to wait.
    ///   - isQuiet: the same reason is reported once.
    init(_ report: ReloadReport, _ reason: String, pause: Duration, isQuiet: Bool, at now: Instant) {
        identity = report.job.layers.identity
        self.reason = reason
        attempts = report.job.attempt
        self.isQuiet = isQuiet
        at = now + pause
    }

    /// True when the same was reported before.
    func repeats(_ earlier: RetryPlan?) -> Bool {
        guard isQuiet, let earlier, earlier.trigger == .retry else { return false }
        return earlier.identity == identity && earlier.reason == reason
    }

    /// Tries it now, whatever the time; false when that is happening already.
    mutating func hurry(_ trigger: ReloadTrigger) -> Bool {
        self.trigger = trigger
        defer { at = nil }
        return at != nil
    }

    /// True, once, when the time has come.
    mutating func isDue(at now: Instant) -> Bool {
        guard let at, at <= now else { return false }
        self.at = nil
        return true
    }
}
