import ConfigModel
import ConfigRegistry

/// The Prometheus text form (version 0.0.4) of what the registry counts.
struct MetricsText: Sendable {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    private(set) var text = ""

    init(_ counters: RegistryCounters) {
        for counter in Counter.all(counters) {
            append("\(counter.name)_total", "counter", counter.help, String(counter.value))
        }
        append(counters.checks)
        append(
            "schema_check_duration_seconds", "How long it took to check a document against the schema of its service.",
            counters.schemaChecks)
    }

    /// Each bound counts all that was no longer.
    private mutating func append(_ name: String, _ help: String, _ durations: DurationHistogram) {
        text += "# HELP configbus_\(name) \(help)\n# TYPE configbus_\(name) histogram\n"
        let bounds = DurationHistogram.bounds.map { $0 < 1 ? "\($0)" : "\($0)".replacing(".0", with: "") } + ["+Inf"]
        var count = 0
        for (bound, more) in zip(bounds, durations.counts) {
            count += more
            text += "configbus_\(name)_bucket{le=\"\(bound)\"} \(count)\n"
        }
        text += "configbus_\(name)_sum \(durations.seconds)\nconfigbus_\(name)_count \(count)\n"
    }

    /// All series are there from the start, so that a first refusal is a rise.
    private mutating func append(_ checks: RegistryCounters.Checks) {
        text += "# HELP configbus_checks_total Writes in which a check found something.\n"
        text += "# TYPE configbus_checks_total counter\n"
        for check in CheckFinding.Check.allCases {
            for result in RegistryCounters.Checks.Result.allCases {
                let labels = "check=\"\(check.rawValue)\",result=\"\(result.rawValue)\""
                text += "configbus_checks_total{\(labels)} \(checks.count(check, result))\n"
            }
        }
    }

    mutating func append(_ name: String, _ type: String, _ help: String, _ value: String) {
        text += "# HELP configbus_\(name) \(help)\n# TYPE configbus_\(name) \(type)\nconfigbus_\(name) \(value)\n"
    }

    /// What is to be known about the certificates, so that an alert can fire before one ends.
    mutating func append(_ tls: ServerTLS.Status) {
        append(
            "tls_reload_failures_total", "counter",
            "Times that the certificate's files held something that could not be used.", String(tls.failures))
        append(
            "tls_certificate_end_timestamp_seconds", "gauge",
            "When the server's certificate ends, in seconds since 1970.", String(tls.certificateEnd))
        guard let end = tls.clientAuthorityEnd else { return }
        append(
            "tls_client_ca_end_timestamp_seconds", "gauge", "When the CA for clients ends, in seconds since 1970.",
            String(end))
    }
}
