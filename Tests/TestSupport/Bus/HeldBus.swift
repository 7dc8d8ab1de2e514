import AsyncSupport
package import EventBus
import Synchronization

/// A bus that keeps what it is handed until a test says what becomes of it.
package final class HeldBus: EventBus {
    private struct Held {
        let message: BusMessage
        let confirmation = Completion<Result<Void, BusError>>()
    }

    private struct State {
        var held: [Held] = []
        var immediate: Result<Void, BusError>?
    }

    private let board = StatusBoard(.connected)
    private let state = Mutex(State())

    package init() {}

    /// What is on its way, oldest first.
    package var held: [BusMessage] { state.withLock { $0.held.map(\.message) } }

    /// What becomes of messages at once from now on; nil to hold them again.
    package func answerAtOnce(_ result: Result<Void, BusError>?) { state.withLock { $0.immediate = result } }

    /// Says what became of the oldest.
    package func settle(_ result: Result<Void, BusError>) {
        let held = state.withLock { $0.held.removeFirst() }
        held.confirmation.resolve(result)
    }

    package func publish(_ message: BusMessage) async throws(BusError) {
        let held = Held(message: message)
        let immediate = state.withLock { state in
            if state.immediate == nil { state.held.append(held) }
            return state.immediate
        }
        let result = if let immediate { immediate } else { await held.confirmation.wait() }
        guard let result else { throw BusError(.closed, "Publishing was cancelled.") }
        try result.get()
    }

    package var status: BusStatus { board.status }

    package var statusUpdates: AsyncStream<BusStatus> { board.updates }

    /// - Throws: always; nothing is delivered here.
    package func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        throw BusError(.unavailable, "Nothing is delivered here.")
    }
}
