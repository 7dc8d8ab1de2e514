import Synchronization

/// A lock for each key, given in the order in which it was requested.
package final class KeyedLock<Key: Hashable & Sendable>: Sendable {
    /// How a request for the lock ended.
    package enum Acquisition: Sendable, Equatable {
        /// The caller holds the lock until it calls `release`.
        case granted
        /// The deadline passed or the task was cancelled.
        case gaveUp
        /// Too many callers wait for this key.
        case full
    }

    private struct State {
        /// A key is here while its lock is held.
        var queues: [Key: WaiterQueue<Acquisition>] = [:]
        var nextTicket = 0
    }

    private let state = Mutex(State())
    private let maximumWaiting: Int

    /// - Parameter maximumWaiting: how many callers may wait for one key; further ones are refused.
    package init(maximumWaiting: Int) { self.maximumWaiting = maximumWaiting }

    /// Waits for the lock of a key.
    package func acquire(_ key: Key, until deadline: ContinuousClock.Instant) async -> Acquisition {
        let ticket = state.withLock { state -> Int? in
            if state.queues[key] == nil {
                state.queues[key] = WaiterQueue()
                return nil
            }
            state.nextTicket += 1
            return state.nextTicket
        }
        guard let ticket else { return .granted }
        let timer = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            giveUp(key, ticket)
        }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { enqueue(key, ticket, until: deadline, $0) }
        } onCancel: {
            giveUp(key, ticket)
        }
    }

    /// Passes the lock on to the next caller.
    package func release(_ key: Key) {
        let next = state.withLock { state -> CheckedContinuation<Acquisition, Never>? in
            if let next = state.queues[key]?.popFirst() { return next }
            state.queues[key] = nil
            return nil
        }
        next?.resume(returning: .granted)
    }

    /// How many callers wait for the lock of a key.
    package func waiting(for key: Key) -> Int { state.withLock { $0.queues[key]?.count ?? 0 } }

    private func enqueue(
        _ key: Key, _ ticket: Int, until deadline: ContinuousClock.Instant,
        _ continuation: CheckedContinuation<Acquisition, Never>
    ) {
        let result = state.withLock { state -> Acquisition? in
            // Both may have come before there was a ticket to give up.
            if Task.isCancelled || ContinuousClock.now >= deadline { return .gaveUp }
            // The lock may have been released since it was requested.
            guard let waiting = state.queues[key]?.count else {
                state.queues[key] = WaiterQueue()
                return .granted
            }
            if waiting >= maximumWaiting { return .full }
            state.queues[key]?.append(continuation, ticket: ticket)
            return nil
        }
        if let result { continuation.resume(returning: result) }
    }

    private func giveUp(_ key: Key, _ ticket: Int) {
        state.withLock { $0.queues[key]?.remove(ticket: ticket) }?.resume(returning: .gaveUp)
    }
}
