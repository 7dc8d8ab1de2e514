import AsyncSupport
package import EventBus
package import Logging
import ServiceLifecycle

/// Writes every accepted change into the log, once and in version order.
///
/// A message on the bus is only a hint that a version exists: what is written is read from the registry, so that order,
/// duplicates, gaps, forgeries and lost messages have no effect. Announcements are acknowledged when their lines are on
/// the disk. While the registry or the disk is away nothing is acknowledged, and the bus keeps the rest.
package final class AuditConsumer: Service {
    private let bus: any EventBus
    private let source: any AuditSource
    private let log: AuditLog
    private let options: AuditOptions
    private let logger: Logger
    private let numbers = Counters(AuditCounters())
    private let anchors: AnchorKeeper
    private let onOpened: @Sendable () -> Void

    /// Puts a consumer together; `run` starts it.
    ///
    /// - Parameter onOpened: called when the log is open and following begins.
    package init(
        bus: any EventBus, source: any AuditSource, log: AuditLog, options: AuditOptions = AuditOptions(),
        logger: Logger, onOpened: @escaping @Sendable () -> Void = {}
    ) {
        self.bus = bus
        self.source = source
        self.log = log
        self.options = options
        self.logger = logger
        self.onOpened = onOpened
        anchors = AnchorKeeper(log: log, source: source, name: options.anchor, counters: numbers, logger: logger)
    }

    /// What was done until now.
    package var counters: AuditCounters { numbers.value }

    /// Opens the log and works until graceful shutdown or cancellation; then a last checkpoint is made.
    ///
    /// - Throws: `AuditLogError` when the log cannot be opened, `BusError` when the bus refuses the subscription.
    package func run() async throws {
        let index = try await log.open()
        onOpened()
        let outcome: Result<Void, any Error>
        do {
            try await cancelWhenGracefulShutdown { try await self.work(index) }
            outcome = .success(())
        } catch is CancellationError {
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        await finish()
        try outcome.get()
    }

    private func work(_ index: AuditIndex) async throws {
        let inbox = AuditInbox()
        try await withThrowingTaskGroup { group in
            group.addTask { try await self.listen(inbox) }
            group.addTask { [source, log, anchors, options, numbers, logger] in
                var worker = AuditWorker(
                    source: source, log: log, anchors: anchors, index: index, inbox: inbox, options: options,
                    counters: numbers, logger: logger)
                try await worker.run()
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }

    private func listen(_ inbox: AuditInbox) async throws {
        let subscription = BusSubscription(
            // Schemas are announced under another word, so that subscribers to configurations do not meet them.
            patterns: ["config.#", "schema.#"], queue: .durable(name: options.queue), prefetch: options.prefetch)
        try await bus.withSubscription(subscription) { signals in
            for await signal in signals {
                switch signal {
                case .subscribed: inbox.requestReconciliation()
                case .delivery(let delivery): inbox.put(delivery)
                case .interrupted(let error):
                    self.logger.log(
                        level: error.code == .forbidden ? .error : .notice,
                        "the audit lost the bus and connects again", metadata: ["error": "\(error)"])
                }
            }
        }
    }

    private func finish() async {
        await anchors.checkpoint()
        await log.close()
    }
}
