import TestSupport

/// Many tasks at once, of which about a third are cancelled at some point.
///
/// What a task does follows from the seed and its number; only the order in which tasks run does not. A test that fails names
/// its seed, because that is its argument.
enum Crowd {
    /// Few in every run; a fault that one of them shows once is worth a test of its own.
    static let seeds: [UInt64] = Array(1...6)

    /// One task: which it is, and random numbers of its own.
    struct Member: Sendable {
        let number: Int
        /// It will be cancelled, or is already, or was done before.
        let isCancelled: Bool
        var random: SeededGenerator

        /// True once in `count` times.
        mutating func isOne(of count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

        /// Lets other tasks run, several times or not at all.
        mutating func pause() async {
            for _ in 0..<Int.random(in: 0...8, using: &random) { await Task.yield() }
        }
    }

    /// Runs tasks, and returns when all of them have returned: no waiter is left then.
    static func run<Result: Sendable>(
        _ count: Int, seed: UInt64, _ body: @escaping @Sendable (inout Member) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: Result.self) { group in
            for number in 0..<count {
                group.addTask {
                    var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(number))
                    let isCancelled = Int.random(in: 0..<3, using: &random) == 0
                    let pauses = Int.random(in: 0...20, using: &random)
                    let task = Task { [random] in
                        var member = Member(number: number, isCancelled: isCancelled, random: random)
                        return await body(&member)
                    }
                    if isCancelled {
                        for _ in 0..<pauses { await Task.yield() }
                        task.cancel()
                    }
                    return await task.value
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
