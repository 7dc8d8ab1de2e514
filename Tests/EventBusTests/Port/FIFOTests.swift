import EventBus
import Testing

struct FIFOTests {
    @Test func takesInTheOrderOfAppending() {
        var queue = FIFO<Int>()
        var expected = 0
        for number in 0..<10_000 {
            queue.append(number)
            // Grows and shrinks, so that the front is cut off now and then.
            if number % 3 != 0 {
                #expect(queue.popFirst() == expected)
                expected += 1
            }
        }
        #expect(queue.count == 10_000 - expected)
        #expect(queue.drain() == Array(expected..<10_000))
        #expect(queue.isEmpty)
        #expect(queue.popFirst() == nil)
    }

    @Test func prependedElementsComeFirst() {
        var queue = FIFO<Int>()
        for number in 0..<5 { queue.append(number) }
        for _ in 0..<3 { _ = queue.popFirst() }
        queue.prepend([1, 2])
        #expect(queue.drain() == [1, 2, 3, 4])
    }
}
