import ConfigModel
import ConfigStore
package import Tracing

/// The spans of a registry (swift-distributed-tracing): `configbus.request`, below it `configbus.store` for each call of the store,
/// and `configbus.announce`. Without a tracer there are none, and what a request says of its trace is passed on as it is.
package struct RegistryTracing: Sendable {
    private let chosen: (any Tracer)?

    /// - Parameter tracer: nil for the one that `InstrumentationSystem.bootstrap` was given.
    package init(_ tracer: (any Tracer)? = nil) { chosen = tracer }

    /// Where spans go.
    package var tracer: any Tracer { chosen ?? InstrumentationSystem.tracer }

    /// The trace of what the running task does, for the version that it makes; nil when it belongs to none.
    var publication: PublicationTrace? {
        guard let context = ServiceContext.current, let fields = fields(of: context) else { return nil }
        return PublicationTrace(context: context, fields: fields, takenAt: .now)
    }

    /// A call of the store. What no request waits for has no span.
    func storing<Value>(
        _ operation: StoreOperation, _ call: () async throws(StoreError) -> Value
    ) async throws(StoreError) -> Value {
        guard let context = ServiceContext.current else { return try await call() }
        let span = tracer.startAnySpan("configbus.store", context: context, ofKind: .client)
        defer { span.end() }
        span.attributes["configbus.operation"] = operation.rawValue
        do throws(StoreError) {
            return try await call()
        } catch {
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }

    /// The announcement of a version.
    ///
    /// - Returns: the span, and what the message says of it; nil for a version of no trace.
    func announcing(_ snapshot: HeadSnapshot) -> (span: any Span, fields: TraceContext)? {
        guard let trace = snapshot.trace else { return nil }
        let span = tracer.startAnySpan("configbus.announce", context: trace.context, ofKind: .producer)
        span.updateAttributes { attributes in
            attributes["configbus.service"] = snapshot.key.service
            attributes["configbus.environment"] = snapshot.key.environment
            attributes["configbus.version"] = snapshot.record.version
        }
        return (span, fields(of: span.context) ?? trace.fields)
    }

    /// What others are given of a context: what the tracer says, or else what the request brought.
    private func fields(of context: ServiceContext) -> TraceContext? {
        var carrier: [String: String] = [:]
        tracer.inject(context, into: &carrier, using: TraceCarrier())
        return TraceContext(traceparent: carrier["traceparent"], tracestate: carrier["tracestate"])
            ?? context.requestTrace
    }
}

/// Headers by their names.
package struct TraceCarrier: Injector, Extractor {
    /// One for all.
    package init() {}

    /// Sets a header.
    package func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) {
        carrier[key] = value
    }

    /// Reads a header.
    package func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
}
