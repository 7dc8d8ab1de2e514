/// The text form of Prometheus (version 0.0.4).
package struct MetricsText: Sendable {
    /// The media type of the text.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    /// All that was appended.
    package private(set) var text = ""

    /// Nothing yet.
    package init() {}

    /// Appends a metric with one series that has no labels.
    ///
    /// - Parameter name: without the prefix `configbus_`.
    package mutating func append(_ name: String, _ type: String, _ help: String, _ value: String) {
        text += "# HELP configbus_\(name) \(help)\n# TYPE configbus_\(name) \(type)\nconfigbus_\(name) \(value)\n"
    }

    /// Appends a metric with all its series.
    package mutating func append(_ metric: MetricDescription, _ samples: [MetricSample]) {
        text += "# HELP \(metric.name) \(metric.help)\n# TYPE \(metric.name) \(metric.kind.rawValue)\n"
        for sample in samples {
            switch sample.value {
            case .integer(let value): append(metric.name, sample.labels, "\(value)")
            case .number(let value): append(metric.name, sample.labels, Self.text(value))
            case .durations(let durations): append(metric.name, sample.labels, durations)
            }
        }
    }

    /// Appends all that was recorded.
    package mutating func append(_ collector: MetricsCollector) {
        for (metric, samples) in collector.metrics { append(metric, samples) }
    }

    private mutating func append(_ name: String, _ labels: String, _ value: String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }

    /// Each bound counts all that was no longer.
    private mutating func append(_ name: String, _ labels: String, _ durations: DurationHistogram) {
        let before = labels.isEmpty ? "" : "\(labels),"
        var count = 0
        for (bound, more) in zip(DurationHistogram.bounds.map(Self.text) + ["+Inf"], durations.counts) {
            count += more
            append("\(name)_bucket", "\(before)le=\"\(bound)\"", String(count))
        }
        append("\(name)_sum", labels, String(durations.seconds))
        append("\(name)_count", labels, String(count))
    }

    /// Whole numbers without a fraction.
    private static func text(_ number: Double) -> String {
        let text = "\(number)"
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
