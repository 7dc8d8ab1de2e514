import ConfigBench

extension BenchResult {
    /// The table for people.
    var text: String {
        var table = TextTable(header: ["milliseconds", "p50", "p90", "p99", "p99.9", "max"])
        table.add("stored", figures.stored)
        table.add("announced", figures.announced)
        table.add("received", figures.received)
        table.add("applied", figures.applied)
        table.add("received by the last", figures.lastReceived)
        table.add("applied by the last", figures.lastWatcher)
        table.add("floor: insert", floor.insert)
        table.add("floor: publish to consume", floor.publishConsume)
        table.add("floor: both", floor.total)
        return "\(headline)\n\n\(table.text)\n\(summary)\n"
    }

    private var headline: String {
        let documents = plan.keys.count == 1 ? "" : " of \(plan.keys.count) documents"
        let order =
            (plan.isOneAfterAnother ? "one after another" : "\(plan.writers) writers")
            + (plan.rate.map { ", \(Self.short($0)) a second" } ?? "")
            + (plan.isWithoutHTTP ? " without HTTP" : "")
        return "\(plan.updates) updates\(documents) with \(plan.size) bytes, \(order), "
            + "\(plan.watchers) watcher(s) over \(plan.transport.rawValue), "
            + (plan.signer == nil ? "not signed" : "signed")
    }

    private var summary: String {
        """
        applied: p50 \(Self.short(ratio(figures.applied, atPercentile: 50))) x the floor, \
        p99 \(Self.short(ratio(figures.applied, atPercentile: 99))) x; \
        by the last watcher: p50 \(Self.short(ratio(figures.lastWatcher, atPercentile: 50))) x
        \(Self.short(writesPerSecond)) writes/s, the floor \(Self.short(floor.writesPerSecond)); \
        \(registryReads) reads of the registry
        registry, watchers and writers: \(Self.short(cpuSeconds)) CPU seconds in \(Self.short(duration.inSeconds)) s, \
        at most \(Self.short(peakMegabytes)) MB of memory
        """
    }

    fileprivate static func short(_ value: Double) -> String {
        guard value.isFinite else { return "-" }
        let hundredths = Int((abs(value) * 100).rounded())
        let fraction = hundredths % 100
        return "\(hundredths / 100)." + (fraction < 10 ? "0" : "") + "\(fraction)"
    }
}

extension TextTable {
    fileprivate mutating func add(_ name: String, _ histogram: LatencyHistogram) {
        let values = [50.0, 90, 99, 99.9].map(histogram.milliseconds) + [histogram.longestMilliseconds]
        add([name] + values.map(BenchResult.short))
    }
}
