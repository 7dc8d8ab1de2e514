import EventBus
import Glibc
import Synchronization

/// The thread behind a `SocketLoop`.
///
/// Unchecked: `inbox`, `bell` and `identity` are safe from every thread; `executor` is set before the thread starts;
/// `executor` and `source` are then used by the thread alone (`SocketLoop.attach` checks it).
final class LoopThread: @unchecked Sendable {
    private struct Inbox {
        var jobs: [UnownedJob] = []
        var isRung = false
        var isStopped = false
        var isAsleep = false

        /// True once a sleep: a thread that changed the inbox has to ring.
        mutating func mustWake() -> Bool {
            defer { isAsleep = false }
            return isAsleep
        }
    }

    private let inbox = Mutex(Inbox())
    private let bell: Waker
    private let identity = Atomic<UInt>(0)
    weak var executor: SocketLoop?
    weak var source: (any LoopSource)?

    init() throws(BusError) {
        bell = try Waker()
    }

    var isCurrent: Bool { identity.load(ordering: .relaxed) == UInt(pthread_self()) }

    func start(stackSize: Int) throws(BusError) {
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setstacksize(&attributes, stackSize)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let argument = Unmanaged.passRetained(self)
        let failure = pthread_create(
            &thread, &attributes,
            { argument in
                argument.map { Unmanaged<LoopThread>.fromOpaque($0).takeRetainedValue().run() }
                return nil
            }, argument.toOpaque())
        guard failure == 0 else {
            argument.release()
            throw BusError(.unavailable, "The system gives no thread: \(String(cString: strerror(failure))).")
        }
    }

    func enqueue(_ job: UnownedJob) {
        change { $0.jobs.append(job) }
    }

    func ring() {
        change { $0.isRung = true }
    }

    func stop() {
        change { $0.isStopped = true }
    }

    private func change(_ change: (inout Inbox) -> Void) {
        let mustWake = inbox.withLock { inbox in
            change(&inbox)
            return inbox.mustWake()
        }
        if mustWake { bell.ring() }
    }
}

// What the thread itself does.
extension LoopThread {
    private func run() {
        identity.store(UInt(pthread_self()), ordering: .relaxed)
        while true {
            let (jobs, isRung, isStopped) = takeWork()
            // A job holds its actor, which holds the executor: it is there as long as there is a job.
            if let executor {
                for job in jobs { job.runSynchronously(on: executor.asUnownedSerialExecutor()) }
            }
            if isStopped { return }
            if isRung { source?.wake() }
            if sleep(for: source?.nextWait() ?? LoopWait()) { source?.wake() }
        }
    }

    private func takeWork() -> (jobs: [UnownedJob], isRung: Bool, isStopped: Bool) {
        inbox.withLock { inbox in
            defer {
                inbox.jobs.removeAll()
                inbox.isRung = false
            }
            return (inbox.jobs, inbox.isRung, inbox.isStopped)
        }
    }

    /// Returns when there is work in the inbox, or, with true, when what the source waits for has happened.
    private func sleep(for wait: LoopWait) -> Bool {
        let isIdle = inbox.withLock { inbox in
            inbox.isAsleep = inbox.jobs.isEmpty && !inbox.isRung && !inbox.isStopped
            return inbox.isAsleep
        }
        var descriptors: [2 of pollfd] = [
            pollfd(fd: bell.descriptor, events: Int16(POLLIN), revents: 0),
            // A negative descriptor is ignored.
            pollfd(fd: wait.descriptor ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        var span = descriptors.mutableSpan
        let timeout = isIdle ? Self.milliseconds(until: wait.deadline) : 0
        span.withUnsafeMutableBufferPointer { _ = poll($0.baseAddress, nfds_t($0.count), timeout) }
        inbox.withLock { $0.isAsleep = false }
        if descriptors[0].revents != 0 { bell.clear() }
        return descriptors[1].revents != 0 || wait.deadline.map { $0 <= .now } ?? false
    }

    /// Rounded up, so that the deadline has come when the time is over; -1 for ever.
    private static func milliseconds(until deadline: ContinuousClock.Instant?) -> Int32 {
        guard let deadline else { return -1 }
        let left = (deadline - .now).components
        let milliseconds = left.seconds.multipliedReportingOverflow(by: 1_000)
        guard !milliseconds.overflow, milliseconds.partialValue < 1 << 30 else { return 1 << 30 }
        return Int32(max(0, milliseconds.partialValue + left.attoseconds / 1_000_000_000_000_000 + 1))
    }
}
