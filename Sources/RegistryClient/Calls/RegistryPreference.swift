/// Which of several registries a call goes to first: the one that worked last, and after a while the first of the list
/// again.
struct RegistryPreference {
    /// For how long another registry than the first is preferred before the first is tried again.
    static let returnAfter: Duration = .seconds(60)

    private let count: Int
    private(set) var current = 0
    private var returnsAt: ContinuousClock.Instant?

    init(count: Int) { self.count = count }

    /// The registries in the order in which a call tries them. When it is time to try the first again, one call does.
    mutating func order(at now: ContinuousClock.Instant) -> [Int] {
        guard let returnsAt, now >= returnsAt else { return order(from: [current]) }
        self.returnsAt = now + Self.returnAfter
        return order(from: [0, current])
    }

    /// A registry answered.
    mutating func answered(_ index: Int, at now: ContinuousClock.Instant) {
        guard index != current else { return }
        current = index
        returnsAt = index == 0 ? nil : now + Self.returnAfter
    }

    private func order(from start: [Int]) -> [Int] { start + (0..<count).filter { !start.contains($0) } }
}
