/// The port to the message bus: publish with confirmation, subscribe by pattern.
///
/// Events are hints; the registry is the truth. A bus may therefore deliver an event late, twice, out of order or never
/// while it is away, and says when that may have happened (`BusSignal.interrupted`, `.subscribed`) so that a subscriber
/// reads the truth again.
public protocol EventBus: Sendable {
    /// Publishes one message and returns when the bus has taken responsibility for it.
    ///
    /// It fails at once while the bus is away (`.unavailable`) or asks to wait (`.blocked`), and waits when too many
    /// messages are on their way unconfirmed. Cancelling the task ends the wait (`.closed`). After any error but `.invalid`
    /// the message may or may not have been delivered; publishing it again is harmless.
    func publish(_ message: BusMessage) async throws(BusError)

    /// Runs `body` with the signals of a subscription, which lives until `body` returns or its task is cancelled.
    ///
    /// The bus reconnects for ever with full jitter while the subscription lives; each time it is established anew the
    /// sequence yields `.subscribed`, after which no matching message is missed until the next `.interrupted`. The
    /// signals are for one reader. Deliveries that it has not taken when the subscription is interrupted are dropped.
    ///
    /// - Throws: `BusError` with code `.invalid` when the subscription cannot be, and whatever `body` throws.
    func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result

    /// Whether publishing is possible at present, and if not, why.
    var status: BusStatus { get async }

    /// The present status at once, then every change; a reader that is slow sees the newest only.
    ///
    /// A publisher that failed waits here until it is worth trying again.
    var statusUpdates: AsyncStream<BusStatus> { get }

    /// The exchange of the broker that messages go through; nil for a bus without a broker.
    var brokerExchange: String? { get }
}

extension EventBus {
    /// No broker.
    public var brokerExchange: String? { nil }
}
