import Synchronization

/// Lets so many calls through in a second, and a burst of so many at once. It holds one number and never waits.
package final class TokenBucket: Sendable {
    /// How long one call stands for.
    private let interval: Duration
    private let burst: Duration
    /// When the bucket is full again.
    private let fullAt: Mutex<ContinuousClock.Instant?>

    /// A full bucket.
    package init(perSecond rate: Int, burst: Int) {
        interval = .seconds(1) / max(1, rate)
        self.burst = interval * max(1, burst)
        fullAt = Mutex(nil)
    }

    /// True when a call may go through now.
    package func take(at now: ContinuousClock.Instant = .now) -> Bool {
        fullAt.withLock { fullAt in
            let next = max(fullAt ?? now, now) + interval
            guard next - now <= burst else { return false }
            fullAt = next
            return true
        }
    }
}
