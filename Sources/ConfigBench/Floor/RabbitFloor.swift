import AsyncSupport
import CRabbitMQ
import EventBus
import RabbitBus

/// The shortest way of a message through the broker with the same library, properties and queues: a connection that
/// publishes and waits for the confirmation, and for each receiver a connection with a queue, all on one thread. A benchmark
/// measures the bus against it.
actor RabbitFloor {
    /// How long one message may take.
    private static let limit = Duration.seconds(20)

    private let executor = QueueExecutor(label: "configbus.bench.rabbitmq")
    private let uri: String
    private let exchange: String
    private var publisher: AMQPConnection?
    private var receivers: [AMQPConnection] = []
    private var readiness: Readiness?

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Nothing is connected yet.
    init(uri: String, exchange: String) {
        self.uri = uri
        self.exchange = exchange
    }

    /// Connects the publisher and as many receivers, each with a queue that is bound to the pattern.
    func connect(receivers count: Int, to pattern: String) throws {
        let readiness = try Readiness()
        let publisher = try open(readiness, as: 0)
        try publisher.selectConfirms()
        self.publisher = publisher
        let subscription = BusSubscription(patterns: [pattern])
        for number in 0..<count {
            let receiver = try open(readiness, as: number + 1)
            let queue = try receiver.declare(subscription.queue)
            try receiver.bind(queue, to: pattern)
            try receiver.consume(queue, prefetch: subscription.prefetch)
            receivers.append(receiver)
        }
        self.readiness = readiness
    }

    /// Publishes a message and returns how long it took until each receiver had it, the first one first. Returns when the
    /// broker has confirmed it as well.
    func time(_ message: BusMessage) throws(BusError) -> [Duration] {
        guard let publisher else { throw BusError(.closed, "The floor is not connected.") }
        while try publisher.nextEvent() != nil {}
        let start = ContinuousClock.now
        try publisher.publish(message)
        var times: [Duration] = []
        var tags: [(receiver: Int, tag: UInt64)] = []
        var isConfirmed = false
        while times.count < receivers.count || !isConfirmed {
            guard start + Self.limit > .now else { throw BusError(.timeout, "A message did not arrive in time.") }
            for number in readiness?.wait(atMost: .seconds(1)) ?? [] {
                guard number > 0 else {
                    isConfirmed = try confirmation(publisher) || isConfirmed
                    continue
                }
                while let event = try receivers[number - 1].nextEvent() {
                    guard case .delivery(let delivery) = event else { throw unexpected }
                    times.append(ContinuousClock.now - start)
                    tags.append((number - 1, delivery.tag))
                }
            }
        }
        // Not before all have it, so that this costs them nothing.
        for (receiver, tag) in tags { try receivers[receiver].acknowledge(tag, multiple: false) }
        return times
    }

    /// Disconnects.
    func close() {
        for connection in receivers + [publisher].compactMap(\.self) { connection.close() }
        receivers = []
        publisher = nil
        readiness = nil
    }

    /// Removes the exchange with what is bound to it.
    func deleteExchange() throws(BusError) {
        let connection = try AMQPConnection.open(uri: uri, exchange: exchange, name: "configbus bench")
        exchange.withCString { name in
            _ = amqp_exchange_delete(connection.handle, AMQPConnection.channel, amqp_cstring_bytes(name), 0)
        }
        try connection.check(amqp_get_rpc_reply(connection.handle), "The exchange could not be removed")
        connection.close()
    }

    private func open(_ readiness: Readiness, as number: Int) throws -> AMQPConnection {
        let connection = try AMQPConnection.open(uri: uri, exchange: exchange, name: "configbus bench floor")
        _ = try connection.ensureExchange(.make)
        if let socket = connection.socket { try readiness.add(socket, as: number) }
        return connection
    }

    private func confirmation(_ publisher: AMQPConnection) throws(BusError) -> Bool {
        var isConfirmed = false
        while let event = try publisher.nextEvent() {
            guard case .confirmed = event else { throw unexpected }
            isConfirmed = true
        }
        return isConfirmed
    }

    private var unexpected: BusError { BusError(.refused, "The broker did not take a message of the floor.") }
}
