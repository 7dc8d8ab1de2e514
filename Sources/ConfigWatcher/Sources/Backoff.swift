/// Pauses between attempts: exponential with full jitter, as many watchers lose the same server at the same moment.
struct Backoff: Sendable {
    private let longest: Duration
    private var limit = Duration.milliseconds(100)

    init(longest: Duration = .seconds(30)) { self.longest = longest }

    mutating func next() -> Duration {
        defer { limit = min(limit * 2, longest) }
        return limit * Double.random(in: 0.1...1)
    }

    mutating func reset() { self = Backoff(longest: longest) }
}
