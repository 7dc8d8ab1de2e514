/// When a session sends what its receivers have acknowledged.
///
/// A response to each message costs a system call here, work in the broker, and waking the session's thread for it; no
/// receiver waits for it. So what comes within `delay` of a delivery goes together, at the end of that time. A receiver
/// that takes longer is answered for when it is done.
struct AcknowledgementPace {
    static let delay = Duration.milliseconds(50)

    /// When the session looks by itself; nil when it waits to be woken.
    private(set) var lookAt: ContinuousClock.Instant?

    /// A message was given to a receiver.
    mutating func delivered(at now: ContinuousClock.Instant) {
        if lookAt == nil { lookAt = now + Self.delay }
    }

    /// Whether to send what has gathered, the session being awake for whatever reason.
    func isDue(at now: ContinuousClock.Instant) -> Bool { lookAt.map { $0 <= now } ?? true }

    /// All that had gathered was sent.
    ///
    /// - Parameters:
    ///   - count: how much that was; none means that receivers take their time.
    ///   - expectsMore: whether receivers still have messages.
    mutating func sent(_ count: Int, expectsMore: Bool, at now: ContinuousClock.Instant) {
        lookAt = count > 0 && expectsMore ? now + Self.delay : nil
    }
}
