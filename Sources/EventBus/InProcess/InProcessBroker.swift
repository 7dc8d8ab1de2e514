/// The queues of an in-process bus and who consumes them.
struct InProcessBroker {
    enum QueueName: Hashable {
        case temporary(Int)
        case durable(String)
    }

    /// Which consumer of which queue.
    struct ConsumerID: Hashable, Sendable {
        let queue: QueueName
        let number: Int
    }

    /// How many messages a temporary queue holds before it drops the oldest.
    static let temporaryLimit = 10_000

    private var queues: [QueueName: InProcessQueue] = [:]
    private var nextNumber = 0

    mutating func publish(_ message: BusMessage) {
        for name in queues.keys {
            queues[name]?.offer(message)
        }
    }

    /// Makes the queue if it is not there, binds it and adds a consumer, whose first signal is `.subscribed`.
    mutating func subscribe(
        _ subscription: BusSubscription, exchange: String, _ signals: SignalQueue,
        acknowledge: @escaping @Sendable (ConsumerID, UInt64) -> Void
    ) -> ConsumerID {
        nextNumber += 1
        let name: QueueName =
            switch subscription.queue {
            case .temporary: .temporary(nextNumber)
            case .durable(let name): .durable(name)
            }
        let id = ConsumerID(queue: name, number: nextNumber)
        let limit = subscription.queue == .temporary ? Self.temporaryLimit : nil
        queues[name, default: InProcessQueue(exchange: exchange, limit: limit)].add(
            InProcessConsumer(number: id.number, prefetch: subscription.prefetch, signals: signals) { tag in
                acknowledge(id, tag)
            }, patterns: subscription.patterns)
        return id
    }

    mutating func acknowledge(_ tag: UInt64, of consumer: ConsumerID) {
        queues[consumer.queue]?.acknowledge(tag, of: consumer.number)
    }

    /// Removes a consumer, and its queue when it is temporary.
    mutating func end(_ consumer: ConsumerID) {
        if case .temporary = consumer.queue {
            queues[consumer.queue] = nil
        } else {
            queues[consumer.queue]?.remove(consumer.number)
        }
    }
}
