import AsyncSupport
import Synchronization

/// Watches that a stream comes to the point where all heads were sent: it may take long when there are many, but not be
/// silent meanwhile. Comments say nothing.
final class StreamBeginning: Sendable {
    private let lastWord = Mutex(ContinuousClock.now)
    private let isOver = Completion<Void>()

    /// A message came.
    func note() { lastWord.withLock { $0 = .now } }

    /// All heads were sent.
    func end() { isOver.resolve(()) }

    /// Waits until all heads were sent; true when no message came for this long before.
    func isSilent(for limit: Duration) async -> Bool {
        while isOver.current == nil, !Task.isCancelled {
            let deadline = lastWord.withLock { $0 } + limit
            let rest = deadline - ContinuousClock.now
            guard rest > .zero else { return true }
            _ = await isOver.wait(atMost: rest)
        }
        return false
    }
}
