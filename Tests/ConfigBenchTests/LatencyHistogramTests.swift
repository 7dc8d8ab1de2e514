import ConfigModel
import Testing

@testable import ConfigBench

@Suite("Latencies")
struct LatencyHistogramTests {
    @Test func areToldToThreeDigits() {
        var histogram = LatencyHistogram()
        for number in 1...1_000 { histogram.record(.microseconds(number)) }
        #expect(abs(histogram.milliseconds(atPercentile: 50) - 0.5) < 0.001)
        #expect(abs(histogram.milliseconds(atPercentile: 99) - 0.99) < 0.001)
        #expect(histogram.longestMilliseconds == 1)
        #expect(histogram.count == 1_000)
    }

    @Test func areZeroWhenThereAreNone() {
        #expect(LatencyHistogram().milliseconds(atPercentile: 50) == 0)
        #expect(LatencyHistogram().longestMilliseconds == 0)
    }
}
