import AsyncSupport
import Testing

@Suite("A generation", .timeLimit(.minutes(1))) struct GenerationTests {
    @Test func risesWithEachChangeAndWakesAllWhoWait() async {
        let generation = Generation()
        #expect(generation.value == 0)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { await generation.wait(after: 0) } }
            generation.advance()
        }
        #expect(generation.value == 1)
    }

    @Test func doesNotLetATaskWaitThatHasMissedAChange() async {
        let generation = Generation()
        generation.advance()
        generation.advance()
        await generation.wait(after: 0)
        await generation.wait(after: 1)
        #expect(generation.value == 2)
    }

    @Test func letsATaskGoThatIsCancelledBeforeAndWhileItWaits() async {
        let generation = Generation()
        let tasks = (0..<20).map { _ in Task { await generation.wait(after: 0) } }
        for (number, task) in tasks.enumerated() {
            if number % 2 == 0 { await Task.yield() }
            task.cancel()
        }
        for task in tasks { await task.value }
        #expect(generation.value == 0)
    }
}
