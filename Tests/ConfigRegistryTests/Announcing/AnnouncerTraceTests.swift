import AsyncSupport
import ConfigModel
import EventBus
import TestSupport
import Testing
import Tracing

@testable import ConfigRegistry

/// What an event says does not depend on the trace in which its version was made.
@Suite(.timeLimit(.minutes(1))) struct AnnouncerTraceTests {
    @Test func theBodyIsThatOfTheSweeperAndOnlyTheHeadersAreMore() async throws {
        let bus = InProcessBus()
        let announcer = Announcer(
            bus: bus, inlineLimit: 65_536, counters: Counters(RegistryCounters()),
            publishedIDs: PublishedMessageIDs())
        let record = try #require(RecordChain(try DocumentKey(service: "s"), [#"{"n":1}"#]).records.first)
        var context = ServiceContext.topLevel
        context.requestTrace = TraceContext(traceparent: TraceSamples.valid, tracestate: "vendor=1")
        let trace = ServiceContext.withValue(context) { RegistryTracing().publication }
        #expect(trace != nil)
        try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
            let reader = SignalReader(signals)
            try await reader.subscribed()
            try await announcer.announce(HeadSnapshot(record, epoch: record.epoch, trace: trace))
            // As the sweeper makes it.
            try await announcer.announce(HeadSnapshot(record, epoch: record.epoch))
            let (first, second) = (try await reader.delivery(), try await reader.delivery())
            #expect(first.body == second.body && first.messageID == second.messageID)
            #expect(first.headers == ["traceparent": TraceSamples.valid, "tracestate": "vendor=1"])
            #expect(second.headers == [:])
        }
    }

    @Test func aTraceThatIsOverGoesOutWithNoStream() throws {
        let record = try #require(RecordChain(try DocumentKey(service: "s"), [#"{"n":1}"#]).records.first)
        let fields = try #require(TraceContext(traceparent: TraceSamples.valid))
        func snapshot(_ age: Duration) -> HeadSnapshot {
            HeadSnapshot(
                record, epoch: record.epoch,
                trace: PublicationTrace(context: .topLevel, fields: fields, takenAt: ContinuousClock.now - age))
        }
        #expect(snapshot(.zero).recentTrace == fields)
        #expect(snapshot(PublicationTrace.lifetime).recentTrace == nil)
    }

    @Test func whatAnotherRegistrySaysOfATraceIsKeptUntilTheVersionIsRead() throws {
        let record = try #require(RecordChain(try DocumentKey(service: "s"), [#"{"n":1}"#]).records.first)
        let traces = AnnouncedTraces()
        #expect(traces.trace(of: record) == nil)
        traces.note(["traceparent": "00-nonsense"], of: record.recordHash)
        #expect(traces.trace(of: record) == nil)
        traces.note(["traceparent": TraceSamples.valid], of: record.recordHash)
        #expect(traces.trace(of: record)?.fields.traceparent == TraceSamples.valid)
    }
}
