@preconcurrency import Dispatch
import Synchronization

/// A few threads for tasks that compute for long: none of Swift's cooperative pool is held by them.
///
/// Jobs go to the queues one after the other, whatever each has to do.
package final class QueuePoolExecutor: TaskExecutor {
    private let queues: [DispatchQueue]
    private let next = Atomic<UInt>(0)

    /// Makes the queues.
    ///
    /// - Parameters:
    ///   - label: what the queues' names begin with in a debugger.
    ///   - width: how many jobs run at a time; at least one.
    package init(label: String, width: Int) {
        queues = (0..<max(1, width)).map { DispatchQueue(label: "\(label).\($0)") }
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unownedJob = UnownedJob(job)
        let number = next.wrappingAdd(1, ordering: .relaxed).oldValue
        queues[Int(number % UInt(queues.count))].async {
            unownedJob.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
