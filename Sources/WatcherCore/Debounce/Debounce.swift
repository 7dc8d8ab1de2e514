/// Gathers changes into bursts: says before which moment no reload begins.
///
/// With events at t1 < t2 < ... the reload begins at `min(tn + q, t0 + m)`: q the strategy's quiet time, m its longest time,
/// t0 the first and tn the last event since the last begin.
struct Debounce: Sendable, Equatable {
    /// Time constant of the average rate, in seconds.
    private static let memory = 10.0

    let strategy: DebounceStrategy
    private var first: Instant?
    private var last: Instant?
    /// Events in a second, averaged over about 10 seconds.
    private var rate = 0.0
    /// Something came that does not wait.
    private var isUrgent = false
    /// What comes next does not wait.
    private var isHurried = false

    init(_ strategy: DebounceStrategy) { self.strategy = strategy }

    /// Before this moment no reload begins; nil when one may begin at any time.
    var notBefore: Instant? {
        guard let first, let last, !isUrgent, strategy != .none else { return nil }
        return min(last + strategy.quiet(rate: rate), first + strategy.longest)
    }

    /// Something changed.
    ///
    /// - Parameter isUrgent: what is to be loaded does not wait, nor does what is loaded with it.
    mutating func receive(isUrgent: Bool = false, at now: Instant) {
        let passed = last.map { max(.zero, now - $0) / .seconds(1) } ?? .infinity
        rate = rate * Self.decay(passed / Self.memory) + 1 / Self.memory
        first = first ?? now
        last = now
        self.isUrgent = self.isUrgent || isUrgent || isHurried
        isHurried = false
    }

    /// Everything is looked at now: what was gathered, or what is found, does not wait.
    mutating func hurry() { (isUrgent, isHurried) = (first != nil, true) }

    /// Nothing new was found.
    mutating func foundNothing() { isHurried = false }

    /// What changed until now is loaded, or is not wanted any more.
    mutating func begin() { (first, isUrgent) = (nil, false) }

    /// e to the power of `-x` for x >= 0, without the C library: e^-x is the 1,024th power of e^(-x/1024), for which a few
    /// terms of the series are exact.
    private static func decay(_ x: Double) -> Double {
        guard x < 700 else { return 0 }
        let y = -x / 1_024
        var power = 1 + y * (1 + y / 2 * (1 + y / 3 * (1 + y / 4 * (1 + y / 5 * (1 + y / 6 * (1 + y / 7))))))
        for _ in 0..<10 { power *= power }
        return power
    }
}
