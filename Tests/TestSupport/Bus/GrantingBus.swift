package import EventBus
import Synchronization

/// A bus that allows its subscriber some patterns and no others.
package final class GrantingBus: EventBus {
    private let bus: any EventBus
    private let grants: @Sendable (String) -> Bool
    private let asked = Mutex<[[String]]>([])

    /// - Parameters:
    ///   - bus: what is allowed is done there.
    ///   - grants: whether a pattern is allowed.
    package init(_ bus: any EventBus, grants: @escaping @Sendable (String) -> Bool) {
        self.bus = bus
        self.grants = grants
    }

    /// The patterns of each subscription that was to be.
    package var subscriptions: [[String]] { asked.withLock { $0 } }

    package func publish(_ message: BusMessage) async throws(BusError) { try await bus.publish(message) }

    package var status: BusStatus { get async { await bus.status } }

    package var statusUpdates: AsyncStream<BusStatus> { bus.statusUpdates }

    package func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        asked.withLock { $0.append(subscription.patterns) }
        guard let refused = subscription.patterns.first(where: { !grants($0) }) else {
            return try await bus.withSubscription(subscription, body)
        }
        // Like a broker's client it goes on trying.
        let (signals, continuation) = AsyncStream.makeStream(of: BusSignal.self)
        continuation.yield(.interrupted(BusError(.bindingRefused, "'\(refused)' is not allowed.")))
        return try await body(signals)
    }
}
