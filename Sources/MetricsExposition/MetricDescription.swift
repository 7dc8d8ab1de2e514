/// What a metric is called, and what it says.
package struct MetricDescription: Sendable, Equatable {
    /// What its numbers do.
    package enum Kind: String, Sendable {
        /// It rises, and begins anew at 0 with the process.
        case counter
        /// It rises and falls.
        case gauge
        /// It counts durations by their length.
        case histogram
    }

    /// The whole name, with prefix, unit and suffix.
    package let name: String
    /// What its numbers do.
    package let kind: Kind
    /// One sentence.
    package let help: String

    /// Describes a metric.
    package init(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        self.kind = kind
        self.help = help
    }
}

/// What a series of a metric stands at.
package enum MetricValue: Sendable, Equatable {
    /// A count.
    case integer(Int64)
    /// Any other number.
    case number(Double)
    /// Durations.
    case durations(DurationHistogram)

    /// Both together.
    func adding(_ other: MetricValue) -> MetricValue {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): return .integer(left &+ right)
        case (.durations(var left), .durations(let right)):
            left.add(right)
            return .durations(left)
        default: return .number(number + other.number)
        }
    }

    private var number: Double {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .durations(let durations): durations.seconds
        }
    }
}

/// One of the series of a metric: its labels, and what it stands at.
package struct MetricSample: Sendable {
    /// `name="value"` separated by commas; empty without labels.
    let labels: String
    let value: MetricValue

    /// - Parameter labels: names and values, in the order in which they are shown.
    package init(_ labels: [(name: String, value: String)] = [], _ value: MetricValue) {
        self.labels = Self.text(labels)
        self.value = value
    }

    init(text labels: String, _ value: MetricValue) {
        self.labels = labels
        self.value = value
    }

    static func text(_ labels: [(name: String, value: String)]) -> String {
        labels.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",")
    }

    private static func escaped(_ value: String) -> String {
        guard value.utf8.contains(where: { $0 == 0x5C || $0 == 0x22 || $0 == 0x0A }) else { return value }
        return value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
