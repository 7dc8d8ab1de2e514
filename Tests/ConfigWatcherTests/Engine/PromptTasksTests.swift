import AsyncSupport
import Synchronization
import Testing

@testable import ConfigWatcher

@Suite("Tasks that begin at once", .timeLimit(.minutes(1)))
struct PromptTasksTests {
    @Test("nothing is started while nobody runs them")
    func notRun() async {
        let tasks = PromptTasks()
        #expect(!tasks.start { Issue.record("it ran") })
        await tasks.run {}
        #expect(!tasks.start { Issue.record("it ran") })
    }

    #if os(Linux)
        @Test("what comes before the first suspension is done when start returns")
        func atOnce() async {
            let tasks = PromptTasks()
            let steps = Mutex([String]())
            await tasks.run {
                let hasBegun = tasks.start {
                    steps.withLock { $0.append("begun") }
                    await Task.yield()
                    steps.withLock { $0.append("ended") }
                }
                #expect(hasBegun)
                #expect(steps.withLock { $0.first } == "begun")
            }
            #expect(steps.withLock { $0 } == ["begun", "ended"])
        }
    #endif

    @Test("those that are left are cancelled and waited for", arguments: [1, 50])
    func left(count: Int) async {
        let tasks = PromptTasks()
        let ended = Mutex(0)
        await tasks.run {
            for _ in 0..<count {
                _ = tasks.start {
                    try? await Task.sleep(for: .seconds(600))
                    #expect(Task.isCancelled)
                    ended.withLock { $0 += 1 }
                }
            }
        }
        #expect(ended.withLock { $0 } == count)
    }

    @Test("an error of what runs them comes back after their end")
    func failure() async {
        struct Broken: Error {}
        let tasks = PromptTasks()
        let ended = Mutex(false)
        await #expect(throws: Broken.self) {
            try await tasks.run {
                _ = tasks.start {
                    try? await Task.sleep(for: .seconds(600))
                    ended.withLock { $0 = true }
                }
                throw Broken()
            }
        }
        #expect(ended.withLock { $0 })
    }

    @Test("whoever starts one while the end comes leaves none behind")
    func race() async {
        for _ in 0..<200 {
            let tasks = PromptTasks()
            let begun = Mutex(0)
            let ended = Mutex(0)
            let mayEnd = WakeSignal()
            async let running: Void = tasks.run { await mayEnd.wait() }
            while !tasks.start({}) { await Task.yield() }
            for attempt in 0..<20 {
                if attempt == 10 { mayEnd.signal() }
                _ = tasks.start {
                    begun.withLock { $0 += 1 }
                    await Task.yield()
                    ended.withLock { $0 += 1 }
                }
            }
            await running
            #expect(begun.withLock { $0 } == ended.withLock { $0 })
        }
    }
}
