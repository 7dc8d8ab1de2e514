import AsyncSupport
import Dispatch
import Testing

@Suite(.timeLimit(.minutes(1))) struct QueuePoolExecutorTests {
    /// Whichever thread is held, no job waits behind it while another one is free.
    @Test func aJobGoesToAThreadThatIsFree() async {
        let executor = QueuePoolExecutor(label: "test", width: 2)
        let held = DispatchSemaphore(value: 0)
        let holder = Task(executorPreference: executor) { Self.wait(held) }
        for number in 0..<20 {
            let task = Task(executorPreference: executor) { number }
            #expect(await task.value == number)
        }
        held.signal()
        await holder.value
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
