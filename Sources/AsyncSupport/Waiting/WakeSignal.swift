import Synchronization

/// Wakes one task that waits; a signal that comes while no task waits is kept for the next one.
package final class WakeSignal: Sendable {
    private enum State {
        case idle
        case signalled
        case waiting(CheckedContinuation<Void, Never>, wait: Int)
    }

    private struct Waits {
        var state = State.idle
        /// Distinguishes one wait from the next, so that what ends one never ends another.
        var count = 0
    }

    private let waits = Mutex(Waits())

    /// Without a signal.
    package init() {}

    /// Wakes the waiting task, or the next one that waits.
    package func signal() {
        let waiting = waits.withLock { waits -> CheckedContinuation<Void, Never>? in
            guard case .waiting(let continuation, _) = waits.state else {
                waits.state = .signalled
                return nil
            }
            waits.state = .idle
            return continuation
        }
        waiting?.resume()
    }

    /// Returns when signalled or cancelled. One task may wait at a time; an earlier one returns at once.
    package func wait() async { await wait(newWait(), until: nil) }

    /// Returns when signalled, cancelled, or after some time.
    package func wait(atMost time: Duration) async {
        let deadline = ContinuousClock.now + time
        let wait = newWait()
        let timer = Task {
            try await Task.sleep(until: deadline, clock: .continuous)
            end(wait)
        }
        await self.wait(wait, until: deadline)
        timer.cancel()
    }

    private func newWait() -> Int {
        waits.withLock { waits in
            waits.count += 1
            return waits.count
        }
    }

    private func wait(_ wait: Int, until deadline: ContinuousClock.Instant?) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ready = waits.withLock { waits -> CheckedContinuation<Void, Never>? in
                    switch waits.state {
                    case .signalled:
                        waits.state = .idle
                        return continuation
                    // Both may have come before there was something to end.
                    case _ where Task.isCancelled || deadline.map { $0 <= .now } == true:
                        return continuation
                    case .idle:
                        waits.state = .waiting(continuation, wait: wait)
                        return nil
                    case .waiting(let earlier, _):
                        waits.state = .waiting(continuation, wait: wait)
                        return earlier
                    }
                }
                ready?.resume()
            }
        } onCancel: {
            end(wait)
        }
    }

    /// Ends a wait without a signal, so that none is lost.
    private func end(_ wait: Int) {
        let waiting = waits.withLock { waits -> CheckedContinuation<Void, Never>? in
            guard case .waiting(let continuation, wait) = waits.state else { return nil }
            waits.state = .idle
            return continuation
        }
        waiting?.resume()
    }
}
