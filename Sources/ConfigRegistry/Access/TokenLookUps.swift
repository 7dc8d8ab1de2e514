import AsyncSupport
import ConfigAccess
import ConfigStore
import Synchronization

/// Reads single tokens that the table does not have: those that another registry made within the last second.
///
/// Callers that invent identifiers cost the store no more than a few reads a second.
final class TokenLookUps: Sendable {
    /// What a look-up found.
    enum Found: Sendable {
        case found(AccessToken, readAt: ContinuousClock.Instant)
        case absent
        /// The store did not answer, or there are too many look-ups.
        case unavailable
    }

    /// For how long it is remembered that a token does not exist.
    private static let absence: Duration = .seconds(1)
    private static let perSecond = 50

    private let reads: SingleFlight<String, AccessToken?, StoreError>
    private let bucket: TokenBucket
    private let absent = Mutex(LRUCache<String, ContinuousClock.Instant>(capacity: 1_000))

    init(store: any AccessStore) {
        let bucket = TokenBucket(perSecond: Self.perSecond, burst: Self.perSecond)
        self.bucket = bucket
        reads = SingleFlight { id throws(StoreError) in
            // Here, so that callers who share a read take one of the bucket.
            guard bucket.take() else { throw .overloaded }
            return try await store.token(id)
        }
    }

    /// A token by its identifier.
    func token(_ id: String) async -> Found {
        let absentSince = absent.withLock { $0.peek(id) }
        if let absentSince, ContinuousClock.now - absentSince < Self.absence { return .absent }
        do {
            let reading = try await reads.value(for: id, joinsRunning: true)
            if let token = reading.value { return .found(token, readAt: reading.beganAt) }
            absent.withLock { $0.set(reading.beganAt, for: id, cost: 1) }
            return .absent
        } catch {
            return .unavailable
        }
    }
}
