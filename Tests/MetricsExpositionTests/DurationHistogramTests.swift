import MetricsExposition
import Testing

@Suite struct DurationHistogramTests {
    @Test func countsEachTimeWithinTheFirstBoundThatIsNotBelowIt() {
        var histogram = DurationHistogram()
        for duration in [Duration.zero, .microseconds(500), .microseconds(501), .milliseconds(300), .seconds(10)] {
            histogram.note(duration)
        }
        histogram.note(.seconds(11))
        #expect(histogram.counts == [2, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 1])
        #expect(histogram.counts.count == DurationHistogram.bounds.count + 1)
        #expect(abs(histogram.seconds - 21.301_001) < 1e-9)
    }

    @Test func oneTimeMayStandForSeveral() {
        var histogram = DurationHistogram()
        histogram.note(.milliseconds(1), weight: 64)
        var both = histogram
        both.add(histogram)
        #expect(histogram.counts[1] == 64 && both.counts[1] == 128)
        #expect(abs(both.seconds - 0.128) < 1e-9)
    }
}
