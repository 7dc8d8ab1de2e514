import EventBus

/// The executor of one AMQP session: a thread that runs the session's jobs and, in between, sleeps until its socket can be
/// read, a deadline comes or a job arrives.
///
/// It is a thread of its own, and no dispatch queue, for three reasons. The C library may block in any call. It decodes
/// message headers recursively without a limit: the deepest nesting that fits one frame needs some megabytes of stack,
/// and only a thread made here has a stack of known size. And a thread that waits for its socket itself answers with one
/// switch of threads less than a queue fed by a dispatch source.
final class SocketLoop: SerialExecutor {
    /// The deepest headers within one frame were seen to need between 2 and 3 MB with the library of Debian 12.
    static let stackSize = 16 << 20

    private let thread: LoopThread

    /// Starts the thread, which ends when the executor is released.
    init() throws(BusError) {
        thread = try LoopThread()
        thread.executor = self
        try thread.start(stackSize: Self.stackSize)
    }

    deinit {
        thread.stop()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        thread.enqueue(UnownedJob(job))
    }

    /// Makes the loop call `LoopSource.wake`; cheaper than a job. Any thread may call it.
    func ring() {
        thread.ring()
    }

    /// Sets the actor to wait for. On the loop's thread only.
    func attach(_ source: any LoopSource) {
        checkIsolated()
        thread.source = source
    }

    func checkIsolated() {
        precondition(thread.isCurrent, "not on the thread of the session")
    }

    func isIsolatingCurrentContext() -> Bool? {
        thread.isCurrent
    }
}
