import EventBus
import Logging

/// The session of one subscription: one connection with one queue and one consumer, renewed for ever.
actor Subscriber: Session {
    nonisolated let watchdog = CallWatchdog()
    nonisolated let signals = SignalQueue()
    private nonisolated let loop: SocketLoop
    private var settings: SessionSettings
    private let subscription: BusSubscription
    private let logger: Logger
    private let inbox: AcknowledgementInbox
    private var connection: AMQPConnection?
    private var queue = ""
    /// Counts the connections, so that no acknowledgement reaches a later one.
    private var connectionNumber = 0
    private var unacknowledged = UnacknowledgedDeliveries()
    private var pace = AcknowledgementPace()
    private var reconnection: Reconnection
    private var nextBinding: ContinuousClock.Instant = .now
    private var outage = Outage(role: .subscriber)
    private var isStopped = false

    init(_ settings: SessionSettings, _ subscription: BusSubscription, logger: Logger) throws(BusError) {
        var settings = settings
        settings.connectionName += " subscriber"
        self.settings = settings
        self.subscription = subscription
        self.logger = logger
        loop = try SocketLoop()
        inbox = AcknowledgementInbox(loop, capacity: (subscription.prefetch + 1) / 2)
        reconnection = Reconnection(settings)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func start() {
        loop.attach(self)
    }

    func stop() {
        isStopped = true
        inbox.close()
        do {
            try acknowledge()
            connection.take()?.close()
        } catch {
            // The broker delivers again what it does not know to be acknowledged.
            logger.debug("last acknowledgements were lost", metadata: [BusLogKey.error: "\(error.message)"])
            connection = nil
        }
    }
}

// What the loop calls, on its thread and so inside the actor.
extension Subscriber {
    nonisolated func nextWait() -> LoopWait {
        assumeIsolated { $0.wait }
    }

    nonisolated func wake() {
        assumeIsolated { $0.serve() }
    }

    private var wait: LoopWait {
        if isStopped { return LoopWait() }
        guard let connection else { return LoopWait(deadline: reconnection.nextAttempt) }
        if connection.hasBufferedInput { return LoopWait(descriptor: watchdog.socket, deadline: .now) }
        let heartbeat = ContinuousClock.now + connection.heartbeat / 2
        let deadline = min(heartbeat, nextBinding, pace.lookAt ?? heartbeat)
        return LoopWait(descriptor: watchdog.socket, deadline: deadline)
    }

    private func serve() {
        if isStopped { return }
        guard connection != nil else {
            if reconnection.nextAttempt <= .now { connect() }
            return
        }
        do {
            while let event = try connection?.nextEvent() { try handle(event) }
            if pace.isDue(at: .now) || inbox.isFull { try acknowledge() }
            try renewBindings()
        } catch {
            lose(error)
        }
    }
}

extension Subscriber {
    private func connect() {
        do {
            settings.refresh(logger)
            let endpoint = reconnection.nextEndpoint(of: settings.address)
            let new = try AMQPConnection.open(settings, at: endpoint, watchdog: watchdog)
            let isExchangeNew = try new.ensureExchange(settings.options.missingExchange)
            queue = try new.declare(subscription.queue)
            for pattern in subscription.patterns { try new.bind(queue, to: pattern) }
            try new.consume(queue, prefetch: subscription.prefetch)
            connection = new
            connectionNumber += 1
            unacknowledged = UnacknowledgedDeliveries()
            pace = AcknowledgementPace()
            // Those of the last connection; what comes from now on rings.
            _ = inbox.takeAll()
            planBinding()
            reconnection.succeeded()
            outage.end()
            logger.info(
                "connected to the broker",
                metadata: [
                    BusLogKey.role: "subscriber", BusLogKey.broker: "\(new.broker)", BusLogKey.queue: "\(queue)",
                ])
            if isExchangeNew { sayThatExchangeIsNew() }
            signals.send(.subscribed)
        } catch {
            lose(error)
        }
    }

    /// It may be the right one, of a registry that starts later. A name that is written wrongly looks the same.
    private func sayThatExchangeIsNew() {
        logger.warning(
            "the exchange did not exist and was made; nothing arrives until a registry announces on it: check its name",
            metadata: [BusLogKey.exchange: "\(settings.exchange)"])
    }

    private func handle(_ event: AMQPEvent) throws(BusError) {
        switch event {
        case .delivery(let delivery):
            unacknowledged.add(delivery.tag)
            pace.delivered(at: .now)
            inbox.attend()
            signals.send(.delivery(BusDelivery(delivery, connection: connectionNumber, inbox)))
        case .oversizedDelivery(let tag, let size):
            logger.error(
                "a message over the size limit was dropped",
                metadata: [BusLogKey.queue: "\(queue)", BusLogKey.tag: "\(tag)", BusLogKey.size: "\(size)"])
            // Acknowledged, because it would come again and again.
            unacknowledged.add(tag)
            inbox.put(AcknowledgementInbox.Entry(connection: connectionNumber, tag: tag))
        case .consumerCancelled:
            throw BusError(
                .unavailable, "The broker ended the subscription: its queue was deleted or is not available.")
        case .closed(let error):
            throw error
        case .blocked, .unblocked, .confirmed, .refused:
            // These concern publishers.
            break
        }
    }

    private func acknowledge() throws(BusError) {
        let tags = inbox.takeAll().filter { $0.connection == connectionNumber }.map(\.tag)
        guard let connection else { return }
        for acknowledgement in unacknowledged.settle(tags) {
            try connection.acknowledge(acknowledgement.tag, multiple: acknowledgement.multiple)
        }
        pace.sent(tags.count, expectsMore: !unacknowledged.isEmpty, at: .now)
        if pace.lookAt != nil { inbox.attend() }
    }

    /// The queue outlives the exchange, but not its bindings, and the broker does not say so.
    private func renewBindings() throws(BusError) {
        guard let connection, nextBinding <= .now else { return }
        for pattern in subscription.patterns { try connection.renewBinding(of: queue, to: pattern) }
        planBinding()
    }

    private func planBinding() {
        nextBinding = .now + settings.options.bindingPeriod * Double.random(in: 0.75...1.25)
    }

    /// First nothing of the old connection counts any more, then the reader gets to know.
    private func lose(_ error: BusError) {
        connection = nil
        connectionNumber += 1
        let isExpected = subscription.toleratesRefusal && error.code == .bindingRefused
        guard outage.report(error, pause: reconnection.failed(), isExpected: isExpected, to: logger) else { return }
        signals.send(.interrupted(error))
    }
}

extension BusDelivery {
    fileprivate init(_ delivery: AMQPDelivery, connection: Int, _ inbox: AcknowledgementInbox) {
        self.init(
            routingKey: delivery.routingKey, exchange: delivery.exchange, userID: delivery.userID,
            messageID: delivery.messageID, isRedelivered: delivery.isRedelivered, headers: delivery.headers,
            body: delivery.body
        ) { inbox.put(AcknowledgementInbox.Entry(connection: connection, tag: delivery.tag)) }
    }
}
