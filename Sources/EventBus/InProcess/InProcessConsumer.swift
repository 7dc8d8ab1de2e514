/// One consumer of a queue inside the process.
struct InProcessConsumer {
    let number: Int
    let signals: SignalQueue
    private(set) var unacknowledged: [UInt64: BusMessage] = [:]
    private let prefetch: Int
    private let acknowledgement: @Sendable (UInt64) -> Void

    init(number: Int, prefetch: Int, signals: SignalQueue, acknowledgement: @escaping @Sendable (UInt64) -> Void) {
        self.number = number
        self.prefetch = prefetch
        self.signals = signals
        self.acknowledgement = acknowledgement
    }

    var hasRoom: Bool { unacknowledged.count < prefetch }

    mutating func deliver(_ queued: QueuedMessage, tag: UInt64, exchange: String) {
        let message = queued.message
        unacknowledged[tag] = message
        signals.send(
            .delivery(
                BusDelivery(
                    routingKey: message.routingKey, exchange: exchange, userID: nil, messageID: message.messageID,
                    isRedelivered: queued.isRedelivered, headers: message.headers, body: message.body
                ) { [acknowledgement] in acknowledgement(tag) }))
    }

    mutating func settle(_ tag: UInt64) {
        unacknowledged[tag] = nil
    }
}
