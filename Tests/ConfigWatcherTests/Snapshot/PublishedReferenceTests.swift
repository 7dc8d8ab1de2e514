import Synchronization
import Testing

@testable import ConfigWatcher

@Suite("A reference that is read while it is replaced", .serialized, .timeLimit(.minutes(1)))
struct PublishedReferenceTests {
    /// An object that knows how many of its kind live, and whose halves belong together.
    private final class Pair: Sendable {
        static let living = Atomic<Int>(0)

        let left: Int
        let right: Int

        init(_ number: Int) {
            left = number
            right = ~number
            Self.living.wrappingAdd(1, ordering: .relaxed)
        }

        deinit { Self.living.wrappingSubtract(1, ordering: .relaxed) }
    }

    @Test func readersNeverSeeAMixOrAnOlderValueAndNothingIsLeakedOrReleasedTooEarly() async {
        let before = Pair.living.load(ordering: .relaxed)
        do {
            let reference = PublishedReference(Pair(0))
            let isDone = Atomic<Bool>(false)
            let done = Shared(isDone)
            await withTaskGroup(of: Bool.self) { group in
                for _ in 0..<2 {
                    group.addTask {
                        var last = 0
                        var isRight = true
                        while !done.value.load(ordering: .acquiring) {
                            for _ in 0..<100 {
                                let pair = reference.value
                                isRight = isRight && pair.right == ~pair.left && pair.left >= last
                                last = pair.left
                            }
                            await Task.yield()
                        }
                        return isRight
                    }
                }
                group.addTask {
                    for number in 1...4_000 {
                        reference.replace(with: Pair(number))
                        if number.isMultiple(of: 64) { await Task.yield() }
                    }
                    done.value.store(true, ordering: .releasing)
                    return true
                }
                for await isRight in group { #expect(isRight) }
            }
            #expect(reference.value.left == 4_000)
            #expect(Pair.living.load(ordering: .relaxed) == before + 1)
        }
        #expect(Pair.living.load(ordering: .relaxed) == before)
    }

    @Test func anObjectLivesAsLongAsItsLastReader() {
        let reference = PublishedReference(Pair(1))
        let held = reference.value
        for number in 2...10 { reference.replace(with: Pair(number)) }
        #expect(held.left == 1 && held.right == ~1)
    }

    /// Something that cannot be copied, for many tasks.
    private final class Shared: Sendable {
        let value: Atomic<Bool>

        init(_ value: consuming Atomic<Bool>) { self.value = value }
    }
}
