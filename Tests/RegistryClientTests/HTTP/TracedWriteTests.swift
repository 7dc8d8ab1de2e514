import ConfigModel
import InMemoryTracing
import TestSupport
import Testing
import Tracing

@testable import RegistryClient

/// A write takes part in the trace of the task that makes it.
@Suite(.timeLimit(.minutes(1))) struct TracedWriteTests {
    private let key: DocumentKey
    private let record: VersionRecord

    init() throws {
        key = try DocumentKey(service: "parsing", environment: "prod")
        record = RecordChain(key, [#"{"a":1}"#]).records[0]
    }

    /// The headers with which a client publishes; the first response says nothing, so that the write is made again.
    private func published(_ prepare: (inout RegistryClient) -> Void) async throws -> [[String: String]] {
        let record = record
        let server = try ScriptedHTTPServer { $0.number == 1 ? .hangUp : Served.record(record) }
        var client = try RegistryClient(url: server.url)
        prepare(&client)
        _ = try await client.update(record.content, of: key)
        return server.requests.map(\.headers)
    }

    @Test func everyAttemptNamesTheSpanThatTheTaskIsIn() async throws {
        let tracer = W3CTracer()
        let span = tracer.startSpan("job", context: .topLevel)
        let sent = try await ServiceContext.withValue(span.context) {
            try await published { $0.instrument = tracer }
        }
        span.end()
        let traceparent = "00-\(span.traceID)-\(span.spanID)-01"
        #expect(sent.map { $0["traceparent"] } == [traceparent, traceparent])
    }

    @Test func theTraceOfTheProgramCountsWhereTheTaskIsInNone() async throws {
        let trace = try #require(TraceContext(traceparent: TraceSamples.valid, tracestate: "vendor=1"))
        let sent = try await published { $0.trace = trace }
        #expect(sent.map { $0["traceparent"] } == [TraceSamples.valid, TraceSamples.valid])
        #expect(sent.last?["tracestate"] == "vendor=1")
        // No tracer is known that could name the one of the task.
        let inContext = try await ServiceContext.withValue(.topLevel) { try await published { $0.trace = trace } }
        #expect(inContext.last?["traceparent"] == TraceSamples.valid)
    }

    @Test func withoutATraceNothingIsSaid() async throws {
        let sent = try await published { _ in }
        #expect(sent.allSatisfy { $0["traceparent"] == nil && $0["tracestate"] == nil })
    }
}
