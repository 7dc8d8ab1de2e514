import AsyncSupport
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct LRUCacheStressTests {
    /// The same cache without any cleverness: the most recently used comes last.
    private struct Model {
        let capacity: Int
        var entries: [(key: Int, value: Int, cost: Int)] = []

        var cost: Int { entries.reduce(0) { $0 + $1.cost } }

        mutating func value(for key: Int) -> Int? {
            guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
            entries.append(entries.remove(at: place))
            return entries.last?.value
        }

        mutating func set(_ value: Int, for key: Int, cost: Int) {
            entries.removeAll { $0.key == key }
            entries.append((key, value, cost))
            while self.cost > capacity, entries.count > 1 { entries.removeFirst() }
        }
    }

    @Test(arguments: Crowd.seeds, [0, 1, 10, 50])
    func aCacheHoldsWhatTheModelHolds(_ seed: UInt64, _ capacity: Int) {
        var random = SeededGenerator(seed: seed)
        var cache = LRUCache<Int, Int>(capacity: capacity)
        var model = Model(capacity: capacity)
        for step in 0..<2_000 {
            let key = Int.random(in: 0..<16, using: &random)
            switch Int.random(in: 0..<100, using: &random) {
            case 0:
                cache.removeAll()
                model.entries = []
            case 1..<15:
                cache.remove(key)
                model.entries.removeAll { $0.key == key }
            case 15..<50:
                guard cache.value(for: key) == model.value(for: key) else { return fail(step) }
            default:
                let cost = Int.random(in: 0...8, using: &random)
                cache.set(step, for: key, cost: cost)
                model.set(step, for: key, cost: cost)
            }
            let isSame = model.entries.allSatisfy { cache.peek($0.key) == $0.value }
            guard isSame, cache.count == model.entries.count, cache.cost == model.cost else { return fail(step) }
        }
    }

    private func fail(_ step: Int) { Issue.record("The cache and its model part at step \(step).") }
}
