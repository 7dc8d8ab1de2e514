import Synchronization

/// Wakes everything that watches, without saying what changed: each reader looks for itself when it comes to it, so that a
/// slow one finds the newest and nothing waits in a queue for it.
final class ChangeSignals: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
    }

    private let state = Mutex(State())

    /// How many listen.
    var count: Int { state.withLock { $0.listeners.count } }

    /// Wakes all listeners; one that was woken and has not looked yet looks once.
    func send() {
        for listener in state.withLock({ Array($0.listeners.values) }) { listener.yield() }
    }

    /// Signals for as long as `body` runs. They end with it, or when its task is cancelled, and not before.
    func withSignals<Result: ~Copyable>(_ body: (AsyncStream<Void>) async throws -> Result) async throws -> Result {
        let (signals, listener) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = listener
            return state.nextListener
        }
        defer {
            state.withLock { _ = $0.listeners.removeValue(forKey: number) }
            listener.finish()
        }
        return try await body(signals)
    }
}
