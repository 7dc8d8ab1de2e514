import Histogram

/// Latencies in nanoseconds, to three digits (HdrHistogram).
package struct LatencyHistogram: Sendable {
    private static let longest: UInt64 = 3_600_000_000_000

    private var histogram = Histogram<UInt64>(highestTrackableValue: longest, numberOfSignificantValueDigits: .three)

    /// How many latencies were recorded.
    package var count: UInt64 { histogram.totalCount }

    /// A latency over an hour counts as an hour.
    mutating func record(_ latency: Duration) {
        let (seconds, attoseconds) = latency.components
        let nanoseconds = UInt64(max(0, seconds * 1_000_000_000 + attoseconds / 1_000_000_000))
        _ = histogram.record(min(nanoseconds, Self.longest))
    }

    /// The milliseconds below which this share of all latencies lies; 0 when there are none.
    package func milliseconds(atPercentile percentile: Double) -> Double {
        Self.milliseconds(histogram.valueAtPercentile(percentile))
    }

    /// The longest in milliseconds; 0 when there is none.
    package var longestMilliseconds: Double { Self.milliseconds(count == 0 ? 0 : histogram.maxRecorded) }

    private static func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds) / 1_000_000 }
}
