/// How long something took, each time that it was done: how often it was within each of some bounds, and how long all together.
package struct DurationHistogram: Sendable, Equatable {
    /// The bounds, in seconds, each of them included.
    package static let bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// How often it took no longer than each bound and longer than the one before; last, longer than all of them.
    package private(set) var counts = Array(repeating: 0, count: bounds.count + 1)
    /// The seconds of all times together.
    package private(set) var seconds = 0.0

    /// Nothing yet.
    package init() {}

    /// Counts one more time.
    ///
    /// - Parameter weight: how many times it stands for, where only some of them are measured.
    package mutating func note(_ duration: Duration, weight: Int = 1) {
        let taken = duration / .seconds(1)
        counts[Self.bounds.firstIndex { taken <= $0 } ?? Self.bounds.count] += weight
        seconds += taken * Double(weight)
    }

    /// Counts all that another one counted.
    package mutating func add(_ other: DurationHistogram) {
        for index in counts.indices { counts[index] += other.counts[index] }
        seconds += other.seconds
    }
}
