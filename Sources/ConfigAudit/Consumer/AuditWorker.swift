import AsyncSupport
import ConfigModel
import EventBus
import Logging
import RegistryClient

/// The one task that reads the registry and writes the log.
struct AuditWorker {
    let source: any AuditSource
    let log: AuditLog
    let anchors: AnchorKeeper
    let inbox: AuditInbox
    let options: AuditOptions
    let logger: Logger
    let counters: Counters<AuditCounters>

    var index: AuditIndex
    var batch = AuditBatch()
    var announcements = PendingAnnouncements()
    var reconciliation = Reconciliation.idle
    private var nextReconciliation: ContinuousClock.Instant
    private var nextCheckpoint: ContinuousClock.Instant
    private var backoff = Self.newBackoff()
    private var isRegistryAway = false

    init(
        source: any AuditSource, log: AuditLog, anchors: AnchorKeeper, index: AuditIndex, inbox: AuditInbox,
        options: AuditOptions, counters: Counters<AuditCounters>, logger: Logger
    ) {
        self.source = source
        self.log = log
        self.anchors = anchors
        self.index = index
        self.inbox = inbox
        self.options = options
        self.logger = logger
        self.counters = counters
        nextReconciliation = .now
        nextCheckpoint = .now + options.checkpointPeriod
    }

    /// Works until it is cancelled.
    mutating func run() async throws {
        while true {
            try Task.checkCancellation()
            do {
                takeInbox()
                try await workOnAnnouncements()
                try await continueReconciliation()
                registryAnswered()
                await checkpointIfDue()
                if reconciliation == .idle { await inbox.news.wait(atMost: untilNextTask) }
            } catch let error as RegistryClientError where error.isOutage {
                try await write()
                try await waitForRegistry(error)
            }
        }
    }

    // MARK: Time

    private var untilNextTask: Duration {
        max(.zero, min(nextReconciliation, nextCheckpoint) - .now)
    }

    private mutating func takeInbox() {
        let (deliveries, wantsReconciliation) = inbox.take()
        for announcement in deliveries.compactMap(read) { announcements.append(announcement) }
        if wantsReconciliation || nextReconciliation <= .now {
            reconciliation.request()
            nextReconciliation = .now + options.reconcilePeriod * Double.random(in: 0.8...1.2)
        }
    }

    mutating func checkpointIfDue() async {
        let isDue = await log.isCheckpointDue
        guard isDue || nextCheckpoint <= .now else { return }
        nextCheckpoint = .now + options.checkpointPeriod
        await anchors.checkpoint()
    }

    // MARK: Absence of registry or disk

    /// The least that lies between two attempts.
    private static let shortestPause = Duration.milliseconds(250)

    static func newBackoff() -> Backoff { Backoff(from: shortestPause * 2, upTo: .seconds(5)) }

    /// Nothing is acknowledged meanwhile. An announcement that arrives shows that a registry works: it ends the wait, but
    /// not the shortest pause.
    private mutating func waitForRegistry(_ error: RegistryClientError) async throws {
        try Task.checkCancellation()
        counters.count { $0.failures.outages += 1 }
        if !isRegistryAway {
            isRegistryAway = true
            logger.error("the audit waits for the registry", metadata: ["error": "\(error)"])
        }
        let pause = backoff.next()
        try await Task.sleep(for: Self.shortestPause)
        await inbox.news.wait(atMost: pause - Self.shortestPause)
    }

    private mutating func registryAnswered() {
        backoff.reset()
        guard isRegistryAway else { return }
        isRegistryAway = false
        logger.notice("the registry is back and the audit goes on")
    }
}
