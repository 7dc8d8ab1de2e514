import Synchronization

/// The number of documents. Counting takes the server time in proportion to it, so that a large number is counted once a
/// minute.
final class DocumentCount: Sendable {
    /// Up to this many are counted each time; it takes the server a few milliseconds.
    private static let cheapLimit: Int64 = 5_000
    private static let lifetime = Duration.seconds(60)

    private let remembered = Mutex<(count: Int64, at: ContinuousClock.Instant)?>(nil)

    /// - Parameter count: counts up to a limit; 0 means without one.
    func value(_ count: (_ limit: Int64) throws(MongoFailure) -> Int64) throws(MongoFailure) -> Int64 {
        if let remembered = remembered.withLock({ $0 }), ContinuousClock.now - remembered.at < Self.lifetime {
            return remembered.count
        }
        let few = try count(Self.cheapLimit)
        guard few == Self.cheapLimit else { return few }
        let all = try count(0)
        remembered.withLock { $0 = (all, ContinuousClock.now) }
        return all
    }
}
