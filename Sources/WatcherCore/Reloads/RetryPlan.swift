/// A version that was refused for a reason that passes by itself, such as a full disk, and is tried again.
struct RetryPlan: Sendable, Equatable {
    static let first = Duration.seconds(1)
    static let longest = Duration.seconds(30)

    let identity: LayersIdentity
    let reason: String
    private let attempts: Int
    /// When it is tried again; nil when that was decided and has not happened yet.
    private(set) var at: Instant?
    /// The attempt under way was requested, so that its end is reported in any case.
    private var isRequested = false

    /// - Parameter earlier: the plan before this refusal.
    init(_ identity: LayersIdentity, _ reason: String, after earlier: RetryPlan?, at now: Instant) {
        self.identity = identity
        self.reason = reason
        attempts = earlier?.identity == identity ? (earlier?.attempts ?? 0) + 1 : 0
        at = now + min(Self.longest, Self.first * (1 << min(attempts, 5)))
    }

    /// True when the same was reported before.
    func repeats(_ earlier: RetryPlan?) -> Bool {
        guard let earlier, !earlier.isRequested else { return false }
        return earlier.identity == identity && earlier.reason == reason
    }

    /// Tries it now, whatever the time; false when that is happening already.
    mutating func hurry() -> Bool {
        isRequested = true
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
