package import ConfigModel

/// What a benchmark found.
package struct BenchResult: Sendable {
    /// What was measured.
    package let plan: BenchPlan
    /// How long after it was sent what happened to an update.
    package var figures = UpdateFigures()
    /// What store and transport take alone.
    package var floor = FloorFigures()
    /// From the first update until the last was stored, and with one writer applied everywhere.
    package let duration: Duration
    /// Heads that the registry served meanwhile.
    package let registryReads: Int
    /// Of registry, watchers and writers together.
    package let cpuSeconds: Double
    /// The most memory that this process held, in MiB.
    package let peakMegabytes: Double

    /// Updates a second of all writers together.
    package var writesPerSecond: Double { Double(plan.updates) / duration.inSeconds }

    /// How many times the floor's latency at this percentile it takes.
    package func ratio(_ histogram: LatencyHistogram, atPercentile percentile: Double) -> Double {
        histogram.milliseconds(atPercentile: percentile) / floor.total.milliseconds(atPercentile: percentile)
    }
}

extension BenchResult {
    /// The object that scripts read.
    package var json: JSONValue {
        var object = JSONObject()
        object["watchers"] = .number(JSONNumber(plan.watchers))
        object["transport"] = .string(plan.transport.rawValue)
        object["updates"] = .number(JSONNumber(plan.updates))
        object["size"] = .number(JSONNumber(plan.size))
        if let rate = plan.rate { object["rate"] = Self.number(rate) }
        if plan.isWithoutHTTP { object["without_http"] = .bool(true) }
        object["stored"] = figures.stored.json
        object["announced"] = figures.announced.json
        object["received"] = figures.received.json
        object["applied"] = figures.applied.json
        object["last_watcher"] = figures.lastWatcher.json
        object["floor"] = .object(floorJSON)
        object["ratio"] = .object(ratioJSON)
        object["writes_per_second"] = Self.number(writesPerSecond)
        object["floor_writes_per_second"] = Self.number(floor.writesPerSecond)
        object["registry_reads"] = .number(JSONNumber(registryReads))
        object["cpu_seconds"] = Self.number(cpuSeconds)
        object["peak_rss_mb"] = Self.number(peakMegabytes)
        return .object(object)
    }

    private var floorJSON: JSONObject {
        var object = JSONObject()
        object["insert"] = floor.insert.json
        object["publish_consume"] = floor.publishConsume.json
        object["total"] = floor.total.json
        return object
    }

    private var ratioJSON: JSONObject {
        var object = JSONObject()
        object["applied_p50"] = Self.number(ratio(figures.applied, atPercentile: 50))
        object["applied_p99"] = Self.number(ratio(figures.applied, atPercentile: 99))
        object["last_watcher_p50"] = Self.number(ratio(figures.lastWatcher, atPercentile: 50))
        return object
    }

    /// To four digits behind the point.
    fileprivate static func number(_ value: Double) -> JSONValue {
        JSONNumber((value * 10_000).rounded() / 10_000).map { .number($0) } ?? .null
    }
}

extension LatencyHistogram {
    fileprivate var json: JSONValue {
        var object = JSONObject()
        for (name, percentile) in [("p50_ms", 50.0), ("p90_ms", 90), ("p99_ms", 99), ("p999_ms", 99.9)] {
            object[name] = BenchResult.number(milliseconds(atPercentile: percentile))
        }
        object["max_ms"] = BenchResult.number(longestMilliseconds)
        return .object(object)
    }
}
