import Synchronization

/// Reads of which one at a time is under way for each key, shared by everybody who wants it.
///
/// Somebody who needs to see what is there now cannot join a read that has begun already; all of those share the next
/// one. The reads run in tasks of their own, because a reader who gives up must not end what others wait for; each ends
/// with the store's own time limit.
final class CoalescedReads<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    /// What was read, and the moment before it was read.
    struct Reading: Sendable {
        let value: Value
        let beganAt: ContinuousClock.Instant
    }

    private typealias Outcome = Result<Reading, StoreError>

    private struct Flight {
        var running: Task<Outcome, Never>
        var next: Task<Outcome, Never>?
    }

    private let flights = Mutex<[Key: Flight]>([:])
    private let read: @Sendable (Key) async throws(StoreError) -> Value

    init(_ read: @escaping @Sendable (Key) async throws(StoreError) -> Value) { self.read = read }

    /// Reads.
    ///
    /// - Parameter joinsRunning: whether a read that began before this call is good enough.
    func value(for key: Key, joinsRunning: Bool) async throws(StoreError) -> Reading {
        try await task(for: key, joinsRunning: joinsRunning).value.get()
    }

    /// Reads in the background unless a read is under way.
    func refresh(_ key: Key) { _ = task(for: key, joinsRunning: true) }

    private func task(for key: Key, joinsRunning: Bool) -> Task<Outcome, Never> {
        flights.withLock { flights in
            guard let flight = flights[key] else {
                let task = Task { await self.fly(key, after: nil) }
                flights[key] = Flight(running: task, next: nil)
                return task
            }
            if joinsRunning { return flight.running }
            if let next = flight.next { return next }
            let next = Task { await self.fly(key, after: flight.running) }
            flights[key]?.next = next
            return next
        }
    }

    private func fly(_ key: Key, after running: Task<Outcome, Never>?) async -> Outcome {
        _ = await running?.value
        let beganAt = ContinuousClock.now
        let outcome: Outcome
        do {
            outcome = .success(Reading(value: try await read(key), beganAt: beganAt))
        } catch {
            outcome = .failure(error)
        }
        // The next one starts as this one ends, and is the running one from here on.
        flights.withLock { flights in
            flights[key] = flights[key]?.next.map { Flight(running: $0, next: nil) }
        }
        return outcome
    }
}
