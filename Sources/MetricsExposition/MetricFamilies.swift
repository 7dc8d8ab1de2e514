package import CoreMetrics

/// A counter for each of some words, all of which are there from the start, so that a first one is a rise.
package struct CounterFamily<Word: RawRepresentable & Hashable & CaseIterable & Sendable>: Sendable
where Word.RawValue == String {
    private let counters: [Word: CoreMetrics.Counter]

    /// - Parameter label: the name of the label that has the word.
    package init(_ name: String, label: String, _ factory: any MetricsFactory) {
        counters = Dictionary(
            uniqueKeysWithValues: Word.allCases.map { word in
                (word, CoreMetrics.Counter(label: name, dimensions: [(label, word.rawValue)], factory: factory))
            })
    }

    /// Counts one more.
    package func count(_ word: Word) { counters[word]?.increment() }
}

/// A timer for each of some words.
package struct TimerFamily<Word: RawRepresentable & Hashable & CaseIterable & Sendable>: Sendable
where Word.RawValue == String {
    private let timers: [Word: CoreMetrics.Timer]

    /// - Parameter label: the name of the label that has the word.
    package init(_ name: String, label: String, _ factory: any MetricsFactory) {
        timers = Dictionary(
            uniqueKeysWithValues: Word.allCases.map { word in
                (word, CoreMetrics.Timer(label: name, dimensions: [(label, word.rawValue)], factory: factory))
            })
    }

    /// Records that something took from this moment to now.
    package func record(_ word: Word, since beganAt: ContinuousClock.Instant) {
        timers[word]?.record(since: beganAt)
    }
}

extension CoreMetrics.Timer {
    /// Records that something took from this moment to now.
    package func record(since beganAt: ContinuousClock.Instant) {
        recordNanoseconds(Int64((ContinuousClock.now - beganAt) / .nanoseconds(1)))
    }
}
