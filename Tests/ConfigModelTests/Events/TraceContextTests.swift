import ConfigModel
import TestSupport
import Testing

@Suite struct TraceContextTests {
    @Test(arguments: [TraceSamples.valid, "00-\(TraceSamples.traceID)-\(TraceSamples.spanID)-00"])
    func aContextIsKeptAsItIs(_ text: String) throws {
        let context = try #require(TraceContext(traceparent: text, tracestate: "vendor=1,other=x"))
        #expect(context.fields == ["traceparent": text, "tracestate": "vendor=1,other=x"])
    }

    @Test(arguments: TraceSamples.invalid) func whatIsNoContextIsNone(_ text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test func nothingIsNone() {
        #expect(TraceContext(traceparent: nil, tracestate: "vendor=1") == nil)
    }

    @Test(
        arguments: [
            (nil, false), ("", false), ("a=1", true), (String(repeating: "x", count: 512), true),
            (String(repeating: "x", count: 513), false), ("a=1\r\nX-Injected: 1", false), ("a=ü", false),
        ] as [(String?, Bool)])
    func aStateThatCannotBePassedOnIsLeftOut(_ state: String?, _ isKept: Bool) {
        let context = TraceContext(traceparent: TraceSamples.valid, tracestate: state)
        #expect(context?.tracestate == (isKept ? state : nil) && context?.traceparent == TraceSamples.valid)
    }
}
