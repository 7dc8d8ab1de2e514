package import EventBus
import Synchronization

/// A bus that keeps what it is handed until a test says what becomes of it.
package final class HeldBus: EventBus {
    private struct Held {
        let message: BusMessage
        let completion: @Sendable (Result<Void, BusError>) -> Void
    }

    private struct State {
        var held: [Held] = []
        var immediate: Result<Void, BusError>?
        var depth = 0
        var deepest = 0
    }

    private let board = StatusBoard(.connected)
    private let state = Mutex(State())

    package init() {}

    /// What is on its way, oldest first.
    package var held: [BusMessage] { state.withLock { $0.held.map(\.message) } }

    /// How many answers at once were being told inside of one another, at most.
    package var deepest: Int { state.withLock { $0.deepest } }

    /// What becomes of messages at once from now on; nil to hold them again.
    package func answerAtOnce(_ result: Result<Void, BusError>?) { state.withLock { $0.immediate = result } }

    /// Says what became of the oldest.
    package func settle(_ result: Result<Void, BusError>) {
        let held = state.withLock { $0.held.removeFirst() }
        held.completion(result)
    }

    package func submit(_ message: BusMessage, _ completion: @escaping @Sendable (Result<Void, BusError>) -> Void) {
        let result = state.withLock { state in
            if state.immediate == nil {
                state.held.append(Held(message: message, completion: completion))
            } else {
                state.depth += 1
                state.deepest = max(state.deepest, state.depth)
            }
            return state.immediate
        }
        guard let result else { return }
        completion(result)
        state.withLock { $0.depth -= 1 }
    }

    package var status: BusStatus { board.status }

    package var statusUpdates: AsyncStream<BusStatus> { board.updates }

    /// - Throws: always; nobody listens here.
    package func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        throw BusError(.unavailable, "Nothing is delivered here.")
    }
}
