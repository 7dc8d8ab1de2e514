/// Pauses between attempts: exponential with full jitter above a floor.
struct Backoff {
    static let floor = Duration.milliseconds(250)
    static let ceiling = Duration.seconds(5)

    private var attempts = 0

    /// The pause before the next attempt.
    mutating func next() -> Duration {
        let limit = min(Self.ceiling, Self.floor * (1 << min(attempts, 8)))
        attempts += 1
        return Self.floor + (limit - Self.floor) * Double.random(in: 0...1)
    }

    /// An attempt succeeded.
    mutating func reset() { attempts = 0 }
}
