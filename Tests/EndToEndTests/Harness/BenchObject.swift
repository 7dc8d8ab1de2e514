import ConfigModel
import Testing

/// The object that `configbus bench --output json` prints.
struct BenchObject {
    let fields: JSONObject

    init(_ json: JSONValue) throws {
        guard case .object(let object) = json else { throw NoObject() }
        fields = object
    }

    /// The exact names, the numbers of the plan, and what must hold of any measurement.
    func check(
        watchers: Int64, transport: String, updates: Int64, size: Int64, furtherFields: Set<String> = []
    ) throws {
        #expect(
            Set(fields.keys).subtracting(furtherFields) == [
                "watchers", "transport", "updates", "size", "stored", "announced", "received", "applied",
                "last_watcher", "floor", "ratio", "writes_per_second", "floor_writes_per_second", "registry_reads",
                "cpu_seconds", "peak_rss_mb",
            ])
        #expect(furtherFields.isSubset(of: fields.keys))
        #expect(try fields.int64("watchers") == watchers)
        #expect(try fields.string("transport") == transport)
        #expect(try fields.int64("updates") == updates)
        #expect(try fields.int64("size") == size)
        let latencies = ["stored", "announced", "received", "applied", "last_watcher"]
        for name in latencies { try checkLatency(fields.object(name)) }
        let floor = try fields.object("floor")
        #expect(Set(floor.keys) == ["insert", "publish_consume", "total"])
        for name in floor.keys { try checkLatency(floor.object(name)) }
        let ratio = try fields.object("ratio")
        #expect(Set(ratio.keys) == ["applied_p50", "applied_p99", "last_watcher_p50"])
        for name in ratio.keys { #expect(try number(name, in: ratio) > 0) }
        for name in ["writes_per_second", "floor_writes_per_second", "cpu_seconds", "peak_rss_mb"] {
            #expect(try number(name, in: fields) > 0)
        }
        // Nobody applies what he has not received.
        #expect(
            try number("max_ms", in: fields.object("applied")) == number("max_ms", in: fields.object("last_watcher")))
        #expect(try number("p50_ms", in: fields.object("received")) <= number("max_ms", in: fields.object("applied")))
    }

    private func checkLatency(_ latency: JSONObject) throws {
        let names = ["p50_ms", "p90_ms", "p99_ms", "p999_ms", "max_ms"]
        #expect(Set(latency.keys) == Set(names))
        let values = try names.map { try number($0, in: latency) }
        #expect(values[0] > 0)
        #expect(values == values.sorted())
    }

    func number(_ name: String) throws -> Double { try number(name, in: fields) }

    private func number(_ name: String, in object: JSONObject) throws -> Double {
        guard case .number(let number)? = object[name], let value = number.double else { throw NoNumber(name: name) }
        return value
    }

    private struct NoObject: Error {}

    private struct NoNumber: Error { let name: String }
}
