import DequeModule

/// One queue: what waits, and its consumers, of which the first is active.
struct InProcessQueue {
    private let exchange: String
    private let limit: Int?
    private var patterns: Set<TopicPattern> = []
    private var ready = Deque<QueuedMessage>()
    private var consumers: [InProcessConsumer] = []
    private var lastTag: UInt64 = 0

    init(exchange: String, limit: Int?) {
        self.exchange = exchange
        self.limit = limit
    }

    /// Takes the message when a pattern matches one of its keys; a full queue drops its oldest message.
    mutating func offer(_ message: BusMessage) {
        let keys = [message.routingKey] + message.copyTo
        guard patterns.contains(where: { pattern in keys.contains(where: pattern.matches) }) else { return }
        ready.append(QueuedMessage(message: message, isRedelivered: false))
        deliver()
        if let limit, ready.count > limit {
            _ = ready.popFirst()
        }
    }

    mutating func add(_ consumer: InProcessConsumer, patterns: [String]) {
        self.patterns.formUnion(patterns.map(TopicPattern.init))
        consumers.append(consumer)
        consumer.signals.send(.subscribed)
        deliver()
    }

    mutating func acknowledge(_ tag: UInt64, of number: Int) {
        guard let index = consumers.firstIndex(where: { $0.number == number }) else { return }
        consumers[index].settle(tag)
        deliver()
    }

    /// Puts what the consumer did not acknowledge back to the front, for the next one.
    mutating func remove(_ number: Int) {
        guard let index = consumers.firstIndex(where: { $0.number == number }) else { return }
        let consumer = consumers.remove(at: index)
        let returned = consumer.unacknowledged.sorted { $0.key < $1.key }
        ready.prepend(contentsOf: returned.map { QueuedMessage(message: $0.value, isRedelivered: true) })
        deliver()
    }

    private mutating func deliver() {
        while !consumers.isEmpty, consumers[0].hasRoom, let next = ready.popFirst() {
            lastTag += 1
            consumers[0].deliver(next, tag: lastTag, exchange: exchange)
        }
    }
}
