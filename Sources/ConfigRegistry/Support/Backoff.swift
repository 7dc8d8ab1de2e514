/// Pauses that double, each between half and all of its length so that several who fail together do not return together.
struct Backoff: Sendable {
    private let longest: Duration
    private let shortest: Duration
    private var current: Duration

    init(from shortest: Duration, upTo longest: Duration) {
        self.shortest = shortest
        self.longest = longest
        current = shortest
    }

    mutating func next() -> Duration {
        defer { current = min(current * 2, longest) }
        return current * Double.random(in: 0.5...1)
    }

    mutating func reset() { current = shortest }
}
