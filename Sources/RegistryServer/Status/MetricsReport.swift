import ConfigModel
import ConfigRegistry
import ConfigStore
import EventBus
import MetricsExposition

/// All metrics of a registry at one moment.
struct MetricsReport: Sendable {
    let registry: Registry
    let version: String
    /// Nil without TLS.
    let tls: ServerTLS?

    func text() async -> String {
        var text = MetricsText()
        text.append(
            MetricDescription("configbus_build_info", .gauge, "Always 1; the label says which version runs."),
            [MetricSample([("version", version)], .integer(1))])
        append(registry.counters, to: &text)
        append(await registry.health(), to: &text)
        append(registry.levels(), to: &text)
        text.append(
            "schema_documents_broken", "gauge",
            "Documents that did not fit the schema of their service when all were looked at last.",
            String(registry.schemaStatus.brokenDocuments))
        text.append(
            "access_log_lost_total", "counter", "Refusals that are not in the access log for want of room.",
            String(registry.refusals.lost))
        if let tls { append(tls.status, to: &text) }
        text.append(registry.metrics)
        if let process = ProcessFigures() { append(process, to: &text) }
        return text.text
    }

    private func append(_ counters: RegistryCounters, to text: inout MetricsText) {
        for counter in StatisticsCounter.all(counters) {
            text.append("\(counter.name)_total", "counter", counter.help, String(counter.value))
        }
        // All series are there from the start, so that a first refusal is a rise.
        text.append(
            MetricDescription("configbus_checks_total", .counter, "Writes in which a check found something."),
            CheckFinding.Check.allCases.flatMap { check in
                RegistryCounters.Checks.Result.allCases.map { result in
                    MetricSample(
                        [("check", check.rawValue), ("result", result.rawValue)],
                        .integer(Int64(counters.checks.count(check, result))))
                }
            })
        text.append(
            MetricDescription(
                "configbus_schema_check_duration_seconds", .histogram,
                "How long it took to check a document against the schema of its service."),
            [MetricSample([], .durations(counters.schemaChecks))])
    }

    private func append(_ health: RegistryHealth, to text: inout MetricsText) {
        text.append(
            "announce_lag_seconds", "gauge", "The age of the oldest version that is not announced yet.",
            String(HealthDocument.seconds(health.announceLag)))
        text.append("watches_open", "gauge", "Event streams and waiting reads.", String(registry.openWatches))
        text.append(
            "damaged_versions", "gauge", "Stored versions that were met and do not fit their hashes or types.",
            String(health.damaged.count))
        text.append("store_up", "gauge", "1 when the store answers.", health.store == nil ? "0" : "1")
        text.append("bus_up", "gauge", "1 when events can be published.", health.bus == .connected ? "1" : "0")
        if let store = health.store {
            text.append(
                "unannounced_versions", "gauge", "Stored versions that are not marked as announced.",
                String(store.unannounced))
        }
    }

    private func append(_ levels: Registry.Levels, to text: inout MetricsText) {
        text.append(
            "relay_queue_length", "gauge", "Versions that are on their way to the bus.", String(levels.relayQueue))
        text.append(
            "head_cache_bytes", "gauge", "What the heads in memory take, about.", String(levels.headCacheBytes))
        if let age = levels.accessAge {
            text.append(
                "access_table_age_seconds", "gauge", "How long ago it was proven last who may do what.",
                String(HealthDocument.seconds(age)))
        }
        text.append(
            MetricDescription("configbus_tokens", .gauge, "Tokens that the store keeps, by state."),
            Registry.TokenState.allCases.map { state in
                MetricSample([("state", state.rawValue)], .integer(Int64(levels.tokens[state, default: 0])))
            })
    }

    /// What is to be known about the certificates, so that an alert can fire before one ends.
    private func append(_ tls: ServerTLS.Status, to text: inout MetricsText) {
        text.append(
            "tls_reload_failures_total", "counter",
            "Times that the certificate's files held something that could not be used.", String(tls.failures))
        text.append(
            MetricDescription(
                "configbus_tls_reloads_total", .counter, "Times that the certificate's files held something new."),
            [
                MetricSample([("result", "used")], .integer(Int64(tls.reloads))),
                MetricSample([("result", "refused")], .integer(Int64(tls.failures))),
            ])
        var ends = [MetricSample([("use", "server")], .integer(tls.certificateEnd))]
        if let end = tls.clientAuthorityEnd { ends.append(MetricSample([("use", "client_ca")], .integer(end))) }
        text.append(
            MetricDescription(
                "configbus_tls_certificate_end_timestamp_seconds", .gauge,
                "When the server's certificate and the CA for clients end, in seconds since 1970."), ends)
        guard let end = tls.clientAuthorityEnd else { return }
        text.append(
            "tls_client_ca_end_timestamp_seconds", "gauge", "When the CA for clients ends, in seconds since 1970.",
            String(end))
    }

    private func append(_ process: ProcessFigures, to text: inout MetricsText) {
        text.append(
            MetricDescription("process_cpu_seconds_total", .counter, "Time of processors that the process has used."),
            [MetricSample([], .number(process.cpuSeconds))])
        text.append(
            MetricDescription("process_resident_memory_bytes", .gauge, "Memory of the process that is resident."),
            [MetricSample([], .integer(Int64(process.residentBytes)))])
        text.append(
            MetricDescription("process_open_fds", .gauge, "Descriptors that are open."),
            [MetricSample([], .integer(Int64(process.openDescriptors)))])
        text.append(
            MetricDescription(
                "process_start_time_seconds", .gauge, "When the process was started, in seconds since 1970."),
            [MetricSample([], .number(process.startedAt))])
    }
}
