import ConfigModel

/// Prints measurements as they come.
struct Report {
    let isJSON: Bool

    func begin() {
        if !isJSON { print(row("operation", "median", "p99", "slowest", "rate")) }
    }

    func add(_ measurement: Measurement) {
        guard isJSON else {
            let bytes = measurement.megabytesPerSecond.map { "\(Self.short($0)) MB/s" }
            let rate = measurement.perSecond.map { "\(Int($0))/s" } ?? bytes ?? ""
            let times = [measurement.median, measurement.percentile99, measurement.slowest].map(Self.time)
            return print(row(measurement.name, times[0], times[1], times[2], rate))
        }
        var object = JSONObject()
        object["name"] = .string(measurement.name)
        let figures: KeyValuePairs = [
            "median_ns": measurement.median, "p99_ns": measurement.percentile99, "slowest_ns": measurement.slowest,
            "mb_per_second": measurement.megabytesPerSecond, "per_second": measurement.perSecond,
        ]
        for (name, figure) in figures { object[name] = figure.flatMap { JSONNumber($0) }.map { .number($0) } }
        print(JSONValue.object(object))
    }

    /// A number that is no time.
    func note(_ name: String, _ description: String, _ value: Int) {
        guard isJSON else { return print(row(description, "\(value) bytes")) }
        var object = JSONObject()
        object["name"] = .string(name)
        object["value"] = .number(JSONNumber(value))
        print(JSONValue.object(object))
    }

    private func row(_ cells: String...) -> String {
        var line = cells[0] + String(repeating: " ", count: max(1, 60 - cells[0].count))
        for cell in cells.dropFirst() { line += String(repeating: " ", count: max(1, 14 - cell.count)) + cell }
        return line
    }

    private static func time(_ nanoseconds: Double) -> String {
        switch nanoseconds {
        case ..<1_000: "\(short(nanoseconds)) ns"
        case ..<1_000_000: "\(short(nanoseconds / 1_000)) us"
        default: "\(short(nanoseconds / 1_000_000)) ms"
        }
    }

    private static func short(_ value: Double) -> String {
        let hundredths = Int((value * 100).rounded())
        return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + "\(hundredths % 100)"
    }
}
