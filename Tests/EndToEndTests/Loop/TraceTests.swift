import ConfigModel
import ConfigWatcher
import EventBus
import InMemoryTracing
import RegistryAPI
import RegistryClient
import RegistrySource
import TestSupport
import Testing

extension EndToEnd {
    /// One trace from what publishes, over the broker, to what takes the version.
    @Suite struct TraceTests {
        private let tracer = W3CTracer()

        private func watcher(
            _ bench: TestBench, _ registry: RunningRegistry
        ) throws -> ConfigWatcher<ConfigDocument> {
            var options = WatcherOptions()
            options.tracer = tracer
            return try ConfigWatcher(
                key: "\(bench.parsing)", source: .registry(registry.client, events: bench.bus(named: "watcher")),
                options: options, logger: nil)
        }

        @Test func thePipelinesTraceGoesWithTheMessageToTheWatcherAndTheLog() async throws {
            try await withBench { bench in
                let registry = try await bench.startRegistry("--log-format", "json", "--log-requests")
                let announcements = try await bench.recordAnnouncements()
                try await registry.publish(#"{"n":1}"#, as: bench.parsing)
                let watcher = try watcher(bench, registry)
                bench.runBeside { try await watcher.run() }
                _ = try await watcher.ready()
                try await eventually("the watcher is subscribed") { watcher.current.age != nil }

                let published = try await bench.configbus(
                    "publish", "parsing", "-", "-e", "prod", at: registry,
                    input: #"{"n":2}"#, environment: ["TRACEPARENT": TraceSamples.valid, "TRACESTATE": "vendor=1"])
                #expect(published.status == .exited(0), "\(published.errors)")
                _ = try await watcher.waitFor(version: 2)

                try await announcements.versions(upTo: 2, of: bench.parsing)
                let message = try #require(
                    announcements.deliveries.first { try ConfigEvent(json: $0.body).version == 2 })
                #expect(message.headers["traceparent"] == TraceSamples.valid)
                #expect(message.headers["tracestate"] == "vendor=1")
                let reload = try await eventually("the reload has ended") {
                    tracer.spans("configbus.reload").first { $0.traceID == TraceSamples.traceID }
                }
                #expect(reload.parentSpanID == TraceSamples.spanID)
                try await eventually("the request is logged") {
                    registry.process.errors.text.contains(#""trace_id":"\#(TraceSamples.traceID)""#)
                }
                var audit = AuditRequest()
                audit.changeType = .updated
                let changes = try await registry.client.changes(audit).elements
                #expect(changes.map(\.summary.version) == [2])
            }
        }
    }
}
