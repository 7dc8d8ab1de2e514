import Synchronization

/// Calls of which one at a time is under way for each key; all callers that want the same share its result.
///
/// A caller that needs a value from now on cannot join a call that has already begun: all of those share the next one. The
/// calls run in tasks of their own, because a caller that is cancelled must not end what others wait for. So the operation
/// has to have a time limit of its own.
package final class SingleFlight<Key: Hashable & Sendable, Value: Sendable, Failure: Error>: Sendable {
    /// A value, and the moment before the call that returned it.
    package struct Reading: Sendable {
        /// What the call returned.
        package let value: Value
        /// The moment before the call.
        package let beganAt: ContinuousClock.Instant
    }

    private typealias Outcome = Result<Reading, Failure>

    private struct Flight {
        var running: Task<Outcome, Never>
        var next: Task<Outcome, Never>?
    }

    private let flights = Mutex<[Key: Flight]>([:])
    private let operation: @Sendable (Key) async throws(Failure) -> Value

    /// - Parameter operation: the call to share; it ends within a time limit of its own.
    package init(_ operation: @escaping @Sendable (Key) async throws(Failure) -> Value) { self.operation = operation }

    /// The value of a call.
    ///
    /// - Parameter joinsRunning: true when a call that began before this one is good enough.
    package func value(for key: Key, joinsRunning: Bool) async throws(Failure) -> Reading {
        try await task(for: key, joinsRunning: joinsRunning).value.get()
    }

    /// Makes a call in the background unless one is under way.
    package func refresh(_ key: Key) { _ = task(for: key, joinsRunning: true) }

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
            outcome = .success(Reading(value: try await operation(key), beganAt: beganAt))
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
