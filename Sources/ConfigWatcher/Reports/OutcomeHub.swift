import Synchronization
import WatcherCore

/// Passes outcomes on to all listeners.
final class OutcomeHub: Sendable {
    /// A listener that is further behind loses the oldest.
    static let capacity = 4_096

    private struct State {
        var listeners: [Int: AsyncStream<Outcome>.Continuation] = [:]
        var nextListener = 0
        var observers: [@Sendable (Outcome) -> Void] = []
        var isFinished = false
    }

    private let state = Mutex(State())

    /// The outcomes from now on.
    func outcomes() -> AsyncStream<Outcome> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Outcome.self, bufferingPolicy: .bufferingNewest(Self.capacity))
        let number = state.withLock { state -> Int? in
            guard !state.isFinished else { return nil }
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        guard let number else {
            continuation.finish()
            return stream
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { state in _ = state.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    /// Passes every outcome to a closure at the moment when it came about. Observers must not wait.
    func observe(_ observer: @escaping @Sendable (Outcome) -> Void) {
        state.withLock { $0.observers.append(observer) }
    }

    /// True when every outcome is passed on at once.
    var isObserved: Bool { state.withLock { !$0.observers.isEmpty } }

    func send(_ outcome: Outcome) {
        let (observers, listeners) = state.withLock { ($0.observers, Array($0.listeners.values)) }
        for observer in observers { observer(outcome) }
        for listener in listeners { listener.yield(outcome) }
    }

    /// There will be no more.
    func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}
