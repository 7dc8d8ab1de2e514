package import EventBus
import Synchronization

/// An in-process bus that records what is published, and is away, refuses or holds back when told to.
package final class FaultyBus: EventBus {
    private struct State {
        var published: [BusMessage] = []
        var attempts: [BusMessage] = []
        var refusal: (@Sendable (BusMessage) -> BusError?)?
        var dropsEverything = false
        var gate: (@Sendable (BusMessage) async -> Void)?
    }

    private let bus = InProcessBus()
    private let board = StatusBoard(.connected)
    private let state = Mutex(State())

    package init() {}

    /// What was confirmed, in order.
    package var published: [BusMessage] { state.withLock { $0.published } }

    /// What was tried, in order.
    package var attempts: [BusMessage] { state.withLock { $0.attempts } }

    /// Which messages fail.
    package func refuse(_ refusal: (@Sendable (BusMessage) -> BusError?)?) { state.withLock { $0.refusal = refusal } }

    /// Runs before a message is taken.
    package func hold(_ gate: (@Sendable (BusMessage) async -> Void)?) { state.withLock { $0.gate = gate } }

    /// True to confirm messages and deliver none.
    package func dropEverything(_ drops: Bool) { state.withLock { $0.dropsEverything = drops } }

    /// Cuts the connection, or brings it back.
    package func setAway(_ isAway: Bool) { board.set(isAway ? .disconnected(reason: "it is away") : .connected) }

    package var status: BusStatus { board.status }

    package var statusUpdates: AsyncStream<BusStatus> { board.updates }

    package func submit(_ message: BusMessage, _ completion: @escaping @Sendable (Result<Void, BusError>) -> Void) {
        let gate = state.withLock { state in
            state.attempts.append(message)
            return state.gate
        }
        guard let gate else { return take(message, completion) }
        Task {
            await gate(message)
            take(message, completion)
        }
    }

    private func take(_ message: BusMessage, _ completion: @escaping @Sendable (Result<Void, BusError>) -> Void) {
        guard board.status == .connected else {
            return completion(.failure(BusError(.unavailable, "it is away")))
        }
        if let error = state.withLock({ $0.refusal })?(message) { return completion(.failure(error)) }
        let drops = state.withLock { state in
            state.published.append(message)
            return state.dropsEverything
        }
        if drops { completion(.success(())) } else { bus.submit(message, completion) }
    }

    package func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        try await bus.withSubscription(subscription, body)
    }
}
