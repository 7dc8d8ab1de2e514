import ConfigModel
import Tracing

extension RegistryClient {
    /// The trace that a write of the running task belongs to; nil for none, and for one that is not named as W3C Trace Context
    /// does.
    var currentTrace: TraceContext? {
        guard let context = ServiceContext.current else { return trace }
        var fields: [String: String] = [:]
        (instrument ?? InstrumentationSystem.instrument).inject(context, into: &fields, using: TraceFields())
        return TraceContext(traceparent: fields["traceparent"], tracestate: fields["tracestate"]) ?? trace
    }
}

private struct TraceFields: Injector {
    func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
}
