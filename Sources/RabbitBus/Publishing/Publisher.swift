import EventBus
import Logging

/// The session that publishes: one connection in confirm mode, renewed for ever.
actor Publisher: Session {
    nonisolated let watchdog = CallWatchdog()
    private nonisolated let loop: SocketLoop
    private nonisolated let inbox = PublishInbox()
    private var settings: SessionSettings
    private let board: StatusBoard
    private let logger: Logger
    private var connection: AMQPConnection?
    private var window: PublishWindow
    private var reconnection: Reconnection
    private var outage = Outage(role: .publisher)
    /// Why the broker asks to wait; nil when it does not.
    private var blockedReason: String?
    private var isStopped = false

    init(_ settings: SessionSettings, board: StatusBoard, logger: Logger) throws(BusError) {
        var settings = settings
        settings.connectionName += " publisher"
        self.settings = settings
        self.board = board
        self.logger = logger
        loop = try SocketLoop()
        window = PublishWindow(capacity: settings.options.publishWindow)
        reconnection = Reconnection(settings)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    func start() {
        loop.attach(self)
    }

    func stop() {
        isStopped = true
        let open = connection.take()
        let error = BusError(.closed, "The bus was shut down.")
        board.set(.disconnected(reason: error.message))
        window.fail(error)
        Self.refuse(inbox.close())
        open?.close()
    }

    /// Takes a message from any thread. Its thread sends it the next time that it is awake, for which it is woken.
    nonisolated func submit(_ pending: PendingPublish) {
        guard inbox.add(pending) else { return Self.refuse([pending]) }
        loop.ring()
    }

    private static func refuse(_ messages: [PendingPublish]) {
        for pending in messages { pending.finish(.failure(BusError(.closed, "The bus was shut down."))) }
    }
}

// What the loop calls, on its thread and so inside the actor.
extension Publisher {
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
        let confirmation = window.oldestSentAt.map { $0 + settings.options.confirmTimeout }
        return LoopWait(descriptor: watchdog.socket, deadline: min(heartbeat, confirmation ?? heartbeat))
    }

    private func serve() {
        if isStopped { return }
        for pending in inbox.takeAll() { accept(pending) }
        guard connection != nil else {
            if reconnection.nextAttempt <= .now { connect() }
            return
        }
        drain()
        checkConfirmations()
    }
}

extension Publisher {
    private func connect() {
        do {
            settings.refresh(logger)
            let endpoint = reconnection.nextEndpoint(of: settings.address)
            let new = try AMQPConnection.open(settings, at: endpoint, watchdog: watchdog)
            // What announces makes its exchange without a word.
            _ = try new.ensureExchange(.make)
            try new.selectConfirms()
            connection = new
            reconnection.succeeded()
            board.set(.connected)
            outage.end()
            logger.info(
                "connected to the broker", metadata: [BusLogKey.role: "publisher", BusLogKey.broker: "\(new.broker)"])
        } catch {
            lose(error)
        }
    }

    /// Handles everything that the broker has sent so far.
    private func drain() {
        do {
            while let event = try connection?.nextEvent() { try handle(event) }
            while connection != nil, blockedReason == nil, !window.isFull, let next = window.takeWaiting() {
                try send(next)
            }
        } catch {
            lose(error)
        }
    }

    private func handle(_ event: AMQPEvent) throws(BusError) {
        switch event {
        case .confirmed(let tag, let multiple):
            window.settle(tag, multiple: multiple, .success(()))
        case .refused(let tag, let multiple):
            window.settle(
                tag, multiple: multiple,
                .failure(BusError(.refused, "The broker refused responsibility for the message.")))
        case .blocked(let reason):
            blockedReason = reason
            board.set(.blocked(reason: reason))
            window.failWaiting(blockedError(reason))
            logger.warning("the broker asks publishers to wait", metadata: [BusLogKey.error: "\(reason)"])
        case .unblocked:
            blockedReason = nil
            board.set(.connected)
        case .closed(let error):
            throw error
        case .delivery, .oversizedDelivery, .consumerCancelled:
            // A connection without a consumer gets none of these.
            break
        }
    }

    private func accept(_ pending: PendingPublish) {
        if let blockedReason {
            pending.finish(.failure(blockedError(blockedReason)))
        } else if connection == nil {
            pending.finish(.failure(BusError(.unavailable, "The broker is not connected.")))
        } else if window.isFull {
            window.wait(pending)
        } else {
            do { try send(pending) } catch { lose(error) }
        }
    }

    private func send(_ pending: PendingPublish) throws(BusError) {
        window.register(pending)
        try connection?.publish(pending.message)
    }

    private func checkConfirmations() {
        guard let sentAt = window.oldestSentAt, .now - sentAt >= settings.options.confirmTimeout else { return }
        if let blockedReason {
            // The broker still has the messages before it; the connection is as good as any other.
            window.failWaiters(blockedError(blockedReason))
        } else {
            lose(BusError(.timeout, "The broker did not confirm a message in time."))
        }
    }

    /// First nothing new is taken, then everything that waits fails, then the connection goes.
    private func lose(_ error: BusError) {
        let lost = connection.take()
        blockedReason = nil
        _ = outage.report(error, pause: reconnection.failed(), to: logger)
        board.set(.disconnected(reason: error.message))
        window.fail(error)
        withExtendedLifetime(lost) {}
    }

    private func blockedError(_ reason: String) -> BusError {
        BusError(.blocked, "The broker asks publishers to wait: \(reason).")
    }
}
