import Synchronization
import Waiting

/// A lock for each key, given in the order in which it was asked for.
final class KeyedQueue<Key: Hashable & Sendable>: Sendable {
    /// What became of waiting.
    enum Turn: Sendable, Equatable {
        /// It is the caller's turn until it calls `leave`.
        case granted
        /// The time was over or the task was cancelled.
        case gaveUp
        /// Too many wait for this key.
        case full
    }

    private struct State {
        /// A key is here while somebody has its turn.
        var lines: [Key: WaitingLine<Turn>] = [:]
        var nextTicket = 0
    }

    private let state = Mutex(State())
    private let maximumWaiting: Int

    init(maximumWaiting: Int) { self.maximumWaiting = maximumWaiting }

    /// Waits for the caller's turn.
    func enter(_ key: Key, until deadline: ContinuousClock.Instant) async -> Turn {
        let ticket = state.withLock { state -> Int? in
            if state.lines[key] == nil {
                state.lines[key] = WaitingLine()
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
            await withCheckedContinuation { line(key, ticket, until: deadline, $0) }
        } onCancel: {
            giveUp(key, ticket)
        }
    }

    /// Passes the turn on.
    func leave(_ key: Key) {
        let next = state.withLock { state -> CheckedContinuation<Turn, Never>? in
            if let next = state.lines[key]?.popFirst() { return next }
            state.lines[key] = nil
            return nil
        }
        next?.resume(returning: .granted)
    }

    /// How many wait for their turn.
    func waiting(for key: Key) -> Int { state.withLock { $0.lines[key]?.count ?? 0 } }

    private func line(
        _ key: Key, _ ticket: Int, until deadline: ContinuousClock.Instant,
        _ continuation: CheckedContinuation<Turn, Never>
    ) {
        let turn = state.withLock { state -> Turn? in
            // Both may have come before there was a ticket to give up.
            if Task.isCancelled || ContinuousClock.now >= deadline { return .gaveUp }
            // The turn may have become free since it was asked for.
            guard let waiting = state.lines[key]?.count else {
                state.lines[key] = WaitingLine()
                return .granted
            }
            if waiting >= maximumWaiting { return .full }
            state.lines[key]?.append(continuation, ticket: ticket)
            return nil
        }
        if let turn { continuation.resume(returning: turn) }
    }

    private func giveUp(_ key: Key, _ ticket: Int) {
        state.withLock { $0.lines[key]?.remove(ticket: ticket) }?.resume(returning: .gaveUp)
    }
}
