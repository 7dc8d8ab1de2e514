import TestSupport
import Testing

@testable import WatcherCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Changes that are gathered into bursts")
struct DebounceTests {
    private static let base = Instant.now

    /// A begin of a reload: its moment in seconds, and the number of the last event before it.
    private struct Begin {
        let at: Double
        let last: Int
    }

    /// One strategy with what the table of strategies says about it, in seconds.
    enum Row: CaseIterable {
        case none, fixed, adaptive, aggressive, conservative

        func strategy(_ d: Double) -> DebounceStrategy {
            switch self {
            case .none: .none
            case .fixed: .fixed(.seconds(d))
            case .adaptive: .adaptive(.seconds(d))
            case .aggressive: .aggressive(.seconds(d))
            case .conservative: .conservative(.seconds(d))
            }
        }

        func quiet(_ d: Double, rate: Double) -> Double {
            switch self {
            case .none: 0
            case .fixed: d
            case .adaptive: d * min(1 + max(rate * d - 1, 0) / 2, 5)
            case .aggressive: 2 * d
            case .conservative: d / 2
            }
        }

        func longest(_ d: Double) -> Double {
            switch self {
            case .none: 0
            case .fixed, .adaptive: 10 * d
            case .aggressive: 20 * d
            case .conservative: 5 * d
            }
        }
    }

    /// Random moments, in seconds: bursts of random density, and pauses between them.
    private func series(_ random: inout SeededGenerator) -> [Double] {
        var moments: [Double] = []
        var now = 0.0
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            now += Double.random(in: 0...20, using: &random)
            let step: Double = [0.001, 0.02, 0.15, 1.5].randomElement(using: &random) ?? 1
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                now += Double.random(in: 0...step, using: &random)
                moments.append(now)
            }
        }
        return moments
    }

    /// What `Debounce` makes of events when each reload begins as soon as it may.
    private func begins(_ moments: [Double], _ strategy: DebounceStrategy) -> [Begin] {
        var debounce = Debounce(strategy)
        var begins: [Begin] = []
        for (number, moment) in moments.enumerated() {
            debounce.receive(at: Self.base + .seconds(moment))
            let limit = number + 1 < moments.count ? moments[number + 1] : .infinity
            let due = debounce.notBefore.map { ($0 - Self.base) / .seconds(1) } ?? moment
            guard due <= limit else { continue }
            begins.append(Begin(at: due, last: number))
            debounce.begin()
        }
        return begins
    }

    /// The same by the formula `min(tn + q, t0 + m)`, written down anew.
    private func expected(_ moments: [Double], _ row: Row, _ d: Double) -> [Begin] {
        var begins: [Begin] = []
        var first: Double?
        var rate = 0.0
        for (number, moment) in moments.enumerated() {
            let forgotten = number == 0 ? 0 : exp(-(moment - moments[number - 1]) / 10)
            rate = rate * forgotten + 0.1
            let start = first ?? moment
            let due = min(moment + row.quiet(d, rate: rate), start + row.longest(d))
            let limit = number + 1 < moments.count ? moments[number + 1] : Double.infinity
            first = due <= limit ? nil : start
            if due <= limit { begins.append(Begin(at: due, last: number)) }
        }
        return begins
    }

    @Test(arguments: Row.allCases)
    func aReloadBeginsWhenTheFormulaSaysSoForRandomEvents(row: Row) throws {
        var random = SeededGenerator(seed: 20)
        for _ in 0..<10_000 {
            let d: Double = [0.001, 0.05, 0.1, 0.5, 3].randomElement(using: &random) ?? 1
            let moments = series(&random)
            let found = begins(moments, row.strategy(d))
            let wanted = expected(moments, row, d)
            let agrees = found.count == wanted.count && zip(found, wanted).allSatisfy(isSame)
            try #require(agrees, "\(row) \(d): \(moments) -> \(found), not \(wanted)")
            try #require(found.last?.last == moments.count - 1, "the last content always runs")
            try #require(isBounded(found, moments, by: row.longest(d)), "no event waits longer than the limit")
            try #require(endsBursts(found, moments, row, d), "a reload comes at the end of a burst, or at the limit")
        }
    }

    private func isSame(_ left: Begin, _ right: Begin) -> Bool {
        abs(left.at - right.at) < 0.000_001 && left.last == right.last
    }

    private func isBounded(_ begins: [Begin], _ moments: [Double], by limit: Double) -> Bool {
        var next = 0
        for begin in begins {
            guard begin.at - moments[next] <= limit + 0.000_001 else { return false }
            next = begin.last + 1
        }
        return true
    }

    /// True when nothing came for the quiet time before each begin, unless the first event waited as long as it may.
    private func endsBursts(_ begins: [Begin], _ moments: [Double], _ row: Row, _ d: Double) -> Bool {
        var next = 0
        for begin in begins {
            let isQuiet = begin.at - moments[begin.last] >= row.quiet(d, rate: 0) - 0.000_001
            let isLate = begin.at - moments[next] >= row.longest(d) - 0.000_001
            guard isQuiet || isLate else { return false }
            next = begin.last + 1
        }
        return true
    }

    @Test func aQuietDocumentWaitsTheQuietTime() {
        for (strategy, wait) in [
            (DebounceStrategy.fixed(.milliseconds(100)), 100), (.adaptive(.milliseconds(100)), 100),
            (.aggressive(.milliseconds(100)), 200), (.conservative(.milliseconds(100)), 50),
        ] {
            var debounce = Debounce(strategy)
            #expect(debounce.notBefore == nil)
            debounce.receive(at: Self.base)
            #expect(debounce.notBefore == Self.base + .milliseconds(wait))
        }
    }

    @Test func aTimeBeyondWhatIsAllowedIsBroughtToTheNearest() {
        for (time, allowed) in [(Duration.zero, Duration.milliseconds(1)), (.seconds(3_600), .seconds(60))] {
            var debounce = Debounce(.fixed(time))
            debounce.receive(at: Self.base)
            #expect(debounce.notBefore == Self.base + allowed)
        }
    }

    @Test func whatIsUrgentTakesWhatWasGatheredWithIt() {
        var debounce = Debounce(.fixed(.seconds(1)))
        debounce.receive(at: Self.base)
        debounce.receive(isUrgent: true, at: Self.base)
        #expect(debounce.notBefore == nil)
        debounce.begin()
        debounce.receive(at: Self.base + .seconds(5))
        #expect(debounce.notBefore == Self.base + .seconds(6))
    }
}
