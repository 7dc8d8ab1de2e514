import CoreMetrics
import MetricsExposition
import Testing

@Suite struct MetricsCollectorTests {
    private enum Word: String, CaseIterable { case first, second }

    private let collector = MetricsCollector()

    private var text: String {
        var text = MetricsText()
        text.append(collector)
        return text.text
    }

    @Test func whatIsRecordedIsShownByNameAndLabels() {
        collector.describe([MetricDescription("a_total", .counter, "How many.")])
        Counter(label: "a_total", dimensions: [("kind", "x")], factory: collector).increment(by: 2)
        Counter(label: "a_total", dimensions: [("kind", "x")], factory: collector).increment()
        Counter(label: "a_total", dimensions: [("kind", "y")], factory: collector).increment()
        Gauge(label: "b_bytes", factory: collector).record(1.5)
        #expect(
            text == """
                # HELP a_total How many.
                # TYPE a_total counter
                a_total{kind="x"} 3
                a_total{kind="y"} 1
                # HELP b_bytes Recorded through swift-metrics.
                # TYPE b_bytes gauge
                b_bytes 1.5

                """)
    }

    @Test func aTimerIsAHistogramOfSeconds() {
        let timer = Timer(label: "c_seconds", dimensions: [("phase", "load")], factory: collector)
        timer.recordNanoseconds(2_000_000)
        timer.recordNanoseconds(20_000_000_000)
        #expect(text.contains("c_seconds_bucket{phase=\"load\",le=\"0.001\"} 0\n"))
        #expect(text.contains("c_seconds_bucket{phase=\"load\",le=\"0.0025\"} 1\n"))
        #expect(text.contains("c_seconds_bucket{phase=\"load\",le=\"10\"} 1\n"))
        #expect(text.contains("c_seconds_bucket{phase=\"load\",le=\"+Inf\"} 2\n"))
        #expect(text.contains("c_seconds_sum{phase=\"load\"} 20.002\nc_seconds_count{phase=\"load\"} 2\n"))
    }

    @Test func aLabelMayHoldAnything() {
        Counter(label: "d_total", dimensions: [("text", "a\"b\\c\nd")], factory: collector).increment()
        #expect(text.contains(#"d_total{text="a\"b\\c\nd"} 1"#))
    }

    @Test func seriesThatAreCountedElsewhereAreAddedUp() {
        let metric = MetricDescription("e_total", .counter, "How many.")
        Counter(label: "e_total", dimensions: [("code", "200")], factory: collector).increment(by: 1)
        for count in [10, 100] {
            collector.observe(metric) {
                [
                    MetricSample([("code", "200")], .integer(Int64(count))),
                    MetricSample([("code", "304")], .integer(7)),
                ]
            }
        }
        #expect(text.contains("e_total{code=\"200\"} 111\ne_total{code=\"304\"} 14\n"))
    }

    @Test func aNameOfAnotherKindIsNotShown() {
        Counter(label: "f_total", factory: collector).increment()
        Timer(label: "f_total", dimensions: [], factory: collector).recordNanoseconds(1)
        #expect(text.contains("# TYPE f_total counter\nf_total 1\n") && !text.contains("bucket"))
    }

    @Test func whatIsDestroyedIsGone() {
        let counter = Counter(label: "g_total", factory: collector)
        counter.increment()
        counter.destroy()
        #expect(text.isEmpty)
    }

    @Test func everyWordOfAFamilyIsThereFromTheStart() {
        let family = CounterFamily<Word>("h_total", label: "word", collector)
        family.count(.second)
        #expect(text.contains("h_total{word=\"first\"} 0\nh_total{word=\"second\"} 1\n"))
    }
}
