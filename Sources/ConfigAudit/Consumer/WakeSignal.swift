import Synchronization

/// Wakes the one task that waits, or the next that will: raising is remembered.
final class WakeSignal: Sendable {
    private enum State {
        case idle
        case raised
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.idle)

    func raise() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            if case .waiting(let waiter) = state {
                state = .idle
                return waiter
            }
            state = .raised
            return nil
        }
        waiter?.resume()
    }

    /// Returns when the signal was raised since the last wait, when the time is over, or when the task is cancelled. To be
    /// called by one task at a time.
    func wait(atMost limit: Duration) async {
        await withTaskGroup { group in
            group.addTask { await self.wait() }
            group.addTask {
                // Cancelled when the signal was first, or with the caller: both end the wait.
                try? await Task.sleep(for: limit)
            }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isRaised = state.withLock { state in
                    if case .raised = state {
                        state = .idle
                        return true
                    }
                    guard !Task.isCancelled else { return true }
                    state = .waiting(continuation)
                    return false
                }
                if isRaised { continuation.resume() }
            }
        } onCancel: {
            stopWaiting()
        }
    }

    /// Ends a wait without a signal, so that none is lost.
    private func stopWaiting() {
        let waiter: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard case .waiting(let waiter) = state else { return nil }
            state = .idle
            return waiter
        }
        waiter?.resume()
    }
}
