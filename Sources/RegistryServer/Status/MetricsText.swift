import ConfigRegistry

/// The Prometheus text form (version 0.0.4) of what the registry counts.
struct MetricsText: Sendable {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    init(_ counters: RegistryCounters) {
        for counter in Counter.all(counters) {
            append("\(counter.name)_total", "counter", counter.help, String(counter.value))
        }
    }

    mutating func append(_ name: String, _ type: String, _ help: String, _ value: String) {
        text += "# HELP configbus_\(name) \(help)\n# TYPE configbus_\(name) \(type)\nconfigbus_\(name) \(value)\n"
    }
}
