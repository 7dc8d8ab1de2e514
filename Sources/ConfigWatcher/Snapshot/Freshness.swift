import Synchronization

/// When a watcher's value was last proven to be the newest, readable without a lock.
final class Freshness: Sendable {
    private static let never = Int64.min

    private let start = ContinuousClock.now
    /// Nanoseconds since `start`; negative for proofs of an earlier run.
    private let proof = Atomic<Int64>(never)

    func prove(at moment: Instant) {
        // Brought into what fits: 100 years, in case a file claims to be older.
        let (seconds, attoseconds) = max(moment - start, .seconds(-3_155_760_000)).components
        proof.store(seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
    }

    /// The age of the last proof; nil when there never was one.
    var age: Duration? {
        let proof = proof.load(ordering: .relaxed)
        guard proof != Self.never else { return nil }
        return ContinuousClock.now - start - .nanoseconds(proof)
    }
}
