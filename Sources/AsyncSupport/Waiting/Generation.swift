import Synchronization

/// A number that rises with each change of something, and wakes every task that waits for the next change.
package final class Generation: Sendable {
    private struct Waiters {
        var continuations: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var tickets: UInt64 = 0
    }

    private let number = Atomic<UInt64>(0)
    private let waiters = Mutex(Waiters())

    /// Before the first change.
    package init() {}

    /// How many changes there were. It costs one load from memory.
    package var value: UInt64 { number.load(ordering: .acquiring) }

    /// Counts a change, which must be visible already, and wakes all who wait.
    package func advance() {
        let waiting = waiters.withLock { waiters in
            number.add(1, ordering: .acquiringAndReleasing)
            defer { waiters.continuations.removeAll() }
            return Array(waiters.continuations.values)
        }
        waiting.forEach { $0.resume() }
    }

    /// Returns when the number is another than this one, or when cancelled.
    package func wait(after known: UInt64) async {
        let ticket = waiters.withLock { waiters in
            waiters.tickets += 1
            return waiters.tickets
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = waiters.withLock { waiters in
                    if number.load(ordering: .acquiring) != known || Task.isCancelled { return true }
                    waiters.continuations[ticket] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            waiters.withLock { $0.continuations.removeValue(forKey: ticket) }?.resume()
        }
    }
}
