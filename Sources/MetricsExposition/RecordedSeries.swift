import CoreMetrics
import Synchronization

/// What swift-metrics records into.
protocol RecordedSeries: AnyObject, Sendable {
    var value: MetricValue { get }
}

/// A counter.
final class CountSeries: CounterHandler, RecordedSeries {
    private let count = Atomic<Int64>(0)

    var value: MetricValue { .integer(count.load(ordering: .relaxed)) }

    func increment(by amount: Int64) { count.wrappingAdd(amount, ordering: .relaxed) }

    func reset() { count.store(0, ordering: .relaxed) }
}

/// The number that was recorded last.
final class LevelSeries: RecorderHandler, RecordedSeries {
    private let bits = Atomic<UInt64>(0)

    var value: MetricValue { .number(Double(bitPattern: bits.load(ordering: .relaxed))) }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }
}

/// Durations.
final class DurationSeries: TimerHandler, RecordedSeries {
    private let durations = Mutex(DurationHistogram())

    var value: MetricValue { .durations(durations.withLock { $0 }) }

    func recordNanoseconds(_ duration: Int64) { durations.withLock { $0.note(.nanoseconds(duration)) } }
}
