package import EventBus
import Synchronization

/// An in-process bus that records what is published, and is away, refuses or holds back when a test says so.
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

    package func publish(_ message: BusMessage) async throws(BusError) {
        let gate = state.withLock { state in
            state.attempts.append(message)
            return state.gate
        }
        await gate?(message)
        guard board.status == .connected else { throw BusError(.unavailable, "it is away") }
        if let error = state.withLock({ $0.refusal })?(message) { throw error }
        let drops = state.withLock { state in
            state.published.append(message)
            return state.dropsEverything
        }
        if !drops { try await bus.publish(message) }
    }

    package func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        try await bus.withSubscription(subscription, body)
    }
}
