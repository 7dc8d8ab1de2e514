import ConfigModel
import ConfigRegistry
import HTTPTypes
import Hummingbird
import Tracing

/// Handles every request that comes to the router in the trace that it belongs to (W3C Trace Context), in a span of its own where
/// there is a tracer. A `traceparent` that is none is ignored.
struct RequestTracing: RouterMiddleware {
    typealias Context = ServerContext

    let tracing: RegistryTracing

    func handle(
        _ request: Request, context: ServerContext, next: @concurrent (Request, ServerContext) async throws -> Response
    ) async throws -> Response {
        let sent = TraceContext(request.headers)
        let tracer = tracing.tracer
        guard sent != nil || !(tracer is NoOpTracer) else { return try await next(request, context) }
        var trace = ServiceContext.topLevel
        trace.requestTrace = sent
        if let sent { tracer.extract(sent.fields, into: &trace, using: TraceCarrier()) }
        let span = tracer.startAnySpan("configbus.request", context: trace, ofKind: .server)
        defer { span.end() }
        let response = try await ServiceContext.withValue(span.context) { try await next(request, context) }
        if span.isRecording {
            span.updateAttributes { attributes in
                attributes["http.route"] = context.route
                attributes["http.request.method"] = request.method.rawValue
                attributes["http.response.status_code"] = response.status.code
            }
            if response.status.code >= 500 { span.setStatus(SpanStatus(code: .error)) }
        }
        return response
    }
}

extension TraceContext {
    /// The trace that a request belongs to; nil when it says none, or something that is none.
    init?(_ headers: HTTPFields) {
        let parents = headers[values: .traceparent]
        guard parents.count == 1 else { return nil }
        let states = headers[values: .tracestate]
        self.init(traceparent: parents[0], tracestate: states.isEmpty ? nil : states.joined(separator: ","))
    }
}
