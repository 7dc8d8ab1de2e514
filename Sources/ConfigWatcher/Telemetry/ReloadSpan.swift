import ConfigModel
import Tracing
import WatcherCore

/// The span of one reload (swift-distributed-tracing): `configbus.reload`, inside it `configbus.validate`, and
/// `configbus.handler` for each handler that is called.
struct ReloadSpan: Sendable {
    private let span: any Span
    private let tracer: any Tracer

    /// Begins.
    ///
    /// - Parameters:
    ///   - tracer: nil for the one that `InstrumentationSystem.bootstrap` was given.
    ///   - traces: in which versions were published: the reload of a new one is a part of that.
    init(_ job: ReloadJob, of key: DocumentKey, _ tracer: (any Tracer)?, _ traces: EventTraces? = nil) {
        let tracer = tracer ?? InstrumentationSystem.tracer
        self.tracer = tracer
        let hash = job.kind == .reload ? job.layers.main?.recordHash : nil
        let context = traces?.parent(ofRecord: hash, with: tracer) ?? .current ?? .topLevel
        span = tracer.startAnySpan("configbus.reload", context: context)
        guard span.isRecording else { return }
        span.updateAttributes { attributes in
            attributes["configbus.service"] = key.service
            attributes["configbus.environment"] = key.environment
            attributes["configbus.version"] = job.layers.main?.version ?? 0
            attributes["configbus.trigger"] = job.trigger.rawValue
        }
    }

    /// Does something that is a part of the reload: spans that are begun in there are below this one.
    func withContext<Result>(_ body: () async -> Result) async -> Result {
        await ServiceContext.withValue(span.context, operation: body)
    }

    /// Does something in a span of its own.
    func validating<Result>(_ body: () async throws -> Result) async throws -> Result {
        try await Self.within("configbus.validate", tracer, context: span.context, body)
    }

    /// Ends with what came of it.
    func end(_ job: ReloadJob, _ verdict: ReloadReport.Verdict) {
        switch verdict {
        case .applied:
            let kind = job.kind == .rollback ? Outcome.Kind.rolledBack : .applied
            span.attributes["configbus.outcome"] = kind.rawValue
        case .invalid, .refused:
            span.attributes["configbus.outcome"] = Outcome.Kind.rejected.rawValue
            span.setStatus(SpanStatus(code: .error))
        case .abandoned: break
        }
        span.end()
    }

    /// Calls a handler in a span of its own, below the present one.
    static func calling(
        _ handler: String, _ tracer: (any Tracer)?, _ body: () async throws -> Void
    ) async throws {
        try await within(
            "configbus.handler", tracer ?? InstrumentationSystem.tracer, context: .current ?? .topLevel, name: handler,
            body)
    }

    /// An error is not recorded: its text may hold what no trace should.
    private static func within<Result>(
        _ operation: String, _ tracer: any Tracer, context: ServiceContext, name handler: String? = nil,
        _ body: () async throws -> Result
    ) async throws -> Result {
        let span = tracer.startAnySpan(operation, context: context)
        defer { span.end() }
        if let handler { span.attributes["configbus.handler.name"] = handler }
        do {
            return try await ServiceContext.withValue(span.context, operation: body)
        } catch {
            span.setStatus(SpanStatus(code: .error))
            throw error
        }
    }
}

extension ReloadSpan? {
    /// Does something that is a part of the reload, if there is one.
    func withContext<Result>(_ body: () async -> Result) async -> Result {
        guard let self else { return await body() }
        return await self.withContext(body)
    }
}
