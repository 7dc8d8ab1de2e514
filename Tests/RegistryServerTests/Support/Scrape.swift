/// The text of Prometheus, read.
struct Scrape: Sendable {
    let text: String
    /// The kind of each metric.
    private(set) var kinds: [String: String] = [:]
    /// Each series by its name with its labels, as written.
    private(set) var series: [String: Double] = [:]

    init(_ text: String) {
        self.text = text
        for line in text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") {
                let words = line.split(separator: " ")
                kinds[String(words[2])] = String(words[3])
            } else if !line.hasPrefix("#"), let space = line.lastIndex(of: " ") {
                series[String(line[..<space])] = Double(line[line.index(after: space)...])
            }
        }
    }

    subscript(name: String) -> Double? { series[name] }

    /// All series of a metric together, or those with a text among their labels.
    func total(_ name: String, with label: String = "") -> Double {
        series.filter { $0.key.hasPrefix("\(name){") && $0.key.contains(label) }.values.reduce(0, +)
    }

    /// Those that never fall.
    var rising: [String: Double] {
        series.filter { name, _ in
            let metric = name.prefix { $0 != "{" }
            if kinds[String(metric)] == "counter" { return true }
            return ["_bucket", "_sum", "_count"].contains { suffix in
                metric.hasSuffix(suffix) && kinds[String(metric.dropLast(suffix.count))] == "histogram"
            }
        }
    }

    /// The values of all labels.
    var labelValues: Set<Substring> { Set(text.matches(of: /="((?:[^"\\]|\\.)*)"/).map { $0.1 }) }
}
