import DequeModule
@preconcurrency import Dispatch
import Synchronization

/// A few threads for tasks that compute for long: none of Swift's cooperative pool is held by them.
///
/// A job goes to the first thread that is free, in the order in which jobs came.
package final class QueuePoolExecutor: TaskExecutor {
    private struct State {
        var free: [Int]
        var line = Deque<UnownedJob>()
    }

    private let queues: [DispatchQueue]
    private let state: Mutex<State>

    /// Makes the threads.
    ///
    /// - Parameters:
    ///   - label: what the queues' names begin with in a debugger.
    ///   - width: how many jobs run at a time; at least one.
    package init(label: String, width: Int) {
        // Serial ones, so that no other queue of the process takes their threads.
        queues = (0..<max(1, width)).map { DispatchQueue(label: "\(label).\($0)") }
        state = Mutex(State(free: Array(queues.indices)))
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unownedJob = UnownedJob(job)
        let free = state.withLock { state -> Int? in
            if let free = state.free.popLast() { return free }
            state.line.append(unownedJob)
            return nil
        }
        guard let free else { return }
        queues[free].async { self.work(from: unownedJob, on: free) }
    }

    private func work(from first: UnownedJob, on number: Int) {
        var job: UnownedJob? = first
        while let next = job {
            next.runSynchronously(on: asUnownedTaskExecutor())
            job = state.withLock { state in
                let next = state.line.popFirst()
                if next == nil { state.free.append(number) }
                return next
            }
        }
    }
}
