import Synchronization

/// The bus inside one process: the same port and the same rules as the broker, without one.
///
/// It is what an embedded registry runs on. Durable queues live as long as the bus and are not bounded: each holds what
/// its consumers have not acknowledged. A publish costs one step for every pattern of every queue.
public final class InProcessBus: EventBus {
    private let exchange: String
    private let broker = Mutex(InProcessBroker())
    private let board = StatusBoard(.connected)

    /// Makes a bus without queues; `exchange` is the name that deliveries carry.
    public init(exchange: String = "config.changes") {
        self.exchange = exchange
    }

    /// Always connected: there is nothing to lose a connection to.
    public var status: BusStatus { board.status }

    /// The one status there is; the sequence ends with its reader's task.
    public var statusUpdates: AsyncStream<BusStatus> { board.updates }

    /// Puts the message into every queue that has a matching pattern.
    public func publish(_ message: BusMessage) async throws(BusError) {
        try message.validate()
        broker.withLock { $0.publish(message) }
    }

    /// Runs `body` with the signals of a subscription, which lives until `body` returns.
    public func withSubscription<Result: Sendable>(
        _ subscription: BusSubscription, _ body: (BusSignals) async throws -> Result
    ) async throws -> Result {
        try subscription.validate()
        let signals = SignalQueue()
        let consumer = broker.withLock { broker in
            broker.subscribe(subscription, exchange: exchange, signals) { [weak self] consumer, tag in
                self?.broker.withLock { $0.acknowledge(tag, of: consumer) }
            }
        }
        defer {
            broker.withLock { $0.end(consumer) }
            signals.finish()
        }
        return try await body(signals.signals)
    }
}
