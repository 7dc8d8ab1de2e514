import AsyncSupport
import Dispatch
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct QueuePoolExecutorTests {
    /// Whichever thread is held, no job waits behind it while another one is free.
    @Test func aJobGoesToAThreadThatIsFree() async throws {
        let executor = QueuePoolExecutor(label: "test", width: 2)
        let held = DispatchSemaphore(value: 0)
        defer { held.signal() }
        Task(executorPreference: executor) { Self.wait(held) }
        let counters = Counters(0)
        for _ in 0..<20 { Task(executorPreference: executor) { counters.count { $0 += 1 } } }
        try await eventually("all are done but the one that is held") { counters.value == 20 }
    }

    @Test func jobsThatWaitAreAllDone() async {
        let executor = QueuePoolExecutor(label: "test", width: 1)
        let held = DispatchSemaphore(value: 0)
        let holder = Task(executorPreference: executor) { Self.wait(held) }
        let tasks = (0..<20).map { number in Task(executorPreference: executor) { number } }
        held.signal()
        await holder.value
        for (number, task) in tasks.enumerated() { #expect(await task.value == number) }
    }

    private static func wait(_ semaphore: DispatchSemaphore) { semaphore.wait() }
}
