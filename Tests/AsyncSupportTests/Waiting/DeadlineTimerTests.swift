import AsyncSupport
import Testing

@Suite("Many moments that one task waits for", .timeLimit(.minutes(1)))
struct DeadlineTimerTests {
    private let timer = DeadlineTimer<Int>()
    private let start = ContinuousClock.now

    /// Runs the timer until so many elements were passed on; returns them in order.
    private func first(_ count: Int, _ body: @escaping @Sendable () async -> Void = {}) async -> [Int] {
        let (passed, pass) = AsyncStream.makeStream(of: Int.self)
        return await withTaskGroup(of: Void.self) { group in
            group.addTask { [timer] in await timer.run { pass.yield($0) } }
            group.addTask { await body() }
            var elements: [Int] = []
            for await element in passed {
                elements.append(element)
                if elements.count == count { break }
            }
            group.cancelAll()
            return elements
        }
    }

    @Test func elementsArePassedOnInTheOrderOfTheirMomentsNoneBeforeItsMoment() async {
        for number in (0..<200).shuffled() { timer.add(number, at: start + .milliseconds(number)) }
        let elements = await first(200)
        #expect(elements == Array(0..<200))
        #expect(ContinuousClock.now - start >= .milliseconds(199))
    }

    @Test func aMomentThatIsAddedLaterAndComesEarlierIsNotWaitedPast() async {
        timer.add(1, at: start + .seconds(3_600))
        let elements = await first(1) { [timer] in
            await Task.yield()
            timer.add(2, at: .now + .milliseconds(5))
        }
        #expect(elements == [2])
    }

    @Test func momentsThatArePastArePassedOnAtOnceEachOnce() async {
        for number in 0..<3 { timer.add(number, at: start - .seconds(3 - number)) }
        #expect(await first(3) == [0, 1, 2])
    }

    @Test func addedFromManyTasksNoneIsLost() async {
        let elements = await first(4_000) { [timer] in
            await withTaskGroup { group in
                for task in 0..<8 {
                    group.addTask {
                        for number in 0..<500 {
                            timer.add(task * 500 + number, at: .now + .microseconds(Int64.random(in: 0...20_000)))
                            if number.isMultiple(of: 50) { await Task.yield() }
                        }
                    }
                }
            }
        }
        #expect(elements.sorted() == Array(0..<4_000))
    }
}
