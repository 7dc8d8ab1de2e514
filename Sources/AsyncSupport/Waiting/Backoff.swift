/// Pauses between attempts. Each may be twice as long as the one before; how much of it is waited is random, so that
/// callers that failed together do not return together ("full jitter" when it may be almost nothing of it).
package struct Backoff: Sendable {
    private let shortest: Duration
    private let longest: Duration
    private let jitter: ClosedRange<Double>
    private var current: Duration

    /// - Parameters:
    ///   - shortest: the longest that the first pause may be.
    ///   - longest: the longest that any pause may be.
    ///   - jitter: how much of a pause is waited, at least and at most.
    package init(from shortest: Duration, upTo longest: Duration, jitter: ClosedRange<Double> = 0.5...1) {
        self.shortest = shortest
        self.longest = longest
        self.jitter = jitter
        current = shortest
    }

    /// The pause before the next attempt.
    package mutating func next() -> Duration {
        defer { current = min(current * 2, longest) }
        return current * Double.random(in: jitter)
    }

    /// An attempt succeeded: the next pause is a short one again.
    package mutating func reset() { current = shortest }
}
