import Synchronization

/// Wakes one task that waits; a signal that comes while nobody waits is kept until somebody does.
final class WakeSignal: Sendable {
    private enum State {
        case idle
        case signalled
        case waiting(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.idle)

    /// Wakes the waiting task, or the next one that waits.
    func signal() {
        let waiting = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if case .waiting(let continuation) = state {
                state = .idle
                return continuation
            }
            state = .signalled
            return nil
        }
        waiting?.resume()
    }

    /// Returns when signalled or cancelled. One task may wait at a time; an earlier one is sent on.
    func wait() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = state.withLock { state -> CheckedContinuation<Void, Never>? in
                    switch state {
                    case .signalled:
                        state = .idle
                        return continuation
                    case .idle where Task.isCancelled:
                        return continuation
                    case .idle:
                        state = .waiting(continuation)
                        return nil
                    case .waiting(let earlier):
                        state = .waiting(continuation)
                        return earlier
                    }
                }
                ready?.resume()
            }
        } onCancel: {
            signal()
        }
    }

    /// Returns when signalled, cancelled, or after some time; true unless it was the time.
    @discardableResult
    func wait(atMost time: Duration) async -> Bool {
        let timeIsUp = Mutex(false)
        let timer = Task {
            try await Task.sleep(for: time)
            timeIsUp.withLock { $0 = true }
            signal()
        }
        await wait()
        timer.cancel()
        return !timeIsUp.withLock { $0 }
    }
}
