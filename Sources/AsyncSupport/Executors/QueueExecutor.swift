@preconcurrency package import Dispatch

/// The executor of an actor that calls a blocking C library.
///
/// All jobs run one after the other on one private serial queue. A call may block there: it holds a thread of its own
/// and none of Swift's cooperative pool, so that the rest of the process goes on. The actor keeps the C handles as
/// properties that are not `Sendable`; the compiler then proves that they never leave the queue.
///
/// ```swift
/// actor Session {
///     private let executor = QueueExecutor(label: "configbus.session")
///     nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
/// }
/// ```
package final class QueueExecutor: SerialExecutor {
    /// The queue that the jobs run on; dispatch sources and timers that belong to the actor are made on it and enter the
    /// actor with `assumeIsolated`.
    package let queue: DispatchQueue

    /// Makes the queue.
    ///
    /// - Parameter label: the queue's name in a debugger.
    package init(label: String) {
        queue = DispatchQueue(label: label)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unownedJob = UnownedJob(job)
        queue.async { unownedJob.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// Lets `assumeIsolated` and `preconditionIsolated` accept code that runs on the queue outside a job, such as the
    /// handler of a dispatch source.
    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
