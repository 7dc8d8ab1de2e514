import Synchronization

/// Takes what keeps to a rate, and refuses the rest: the generic cell rate algorithm in the form of virtual scheduling (ITU-T
/// Recommendation I.371), which is one time in memory: no queue, no lock.
package final class RateLimiter: Sendable {
    private let rate: Rate
    /// When everything that was taken is paid off at the rate.
    private let paidOff = Atomic<Int64>(.min)

    /// Nothing was taken yet.
    package init(_ rate: Rate) { self.rate = rate }

    /// After how many nanoseconds one would be taken; nil when it would be now.
    package func wait(at now: Int64) -> Int64? {
        let wait = max(paidOff.load(ordering: .relaxed), now) + rate.interval - (now + rate.burst * rate.interval)
        return wait > 0 ? wait : nil
    }

    /// Takes something, unless it came too early.
    ///
    /// - Parameters:
    ///   - cost: one that costs more than the burst is taken when the burst is whole.
    ///   - now: in nanoseconds, of a clock that does not go back.
    /// - Returns: nil when it was taken; otherwise after how many nanoseconds it would be.
    package func take(_ cost: Int64 = 1, at now: Int64) -> Int64? {
        let time = min(max(cost, 1), rate.burst) * rate.interval
        let latest = now + rate.burst * rate.interval
        var old = paidOff.load(ordering: .relaxed)
        while true {
            let new = max(old, now) + time
            guard new <= latest else { return new - latest }
            let (isTaken, other) = paidOff.weakCompareExchange(expected: old, desired: new, ordering: .relaxed)
            if isTaken { return nil }
            old = other
        }
    }
}
