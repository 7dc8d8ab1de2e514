import ConfigModel
import Logging
import SchemaValidation
import Synchronization
import Tracing
import WatcherCore

/// Turns proven documents into the value that readers see: merge, decode, validate, call the handlers, swap; or leave
/// everything as it was.
final class ReloadPipeline<Value: Sendable>: Reloading {
    /// More of them help no reader of a log line.
    private static var namedViolations: Int { 20 }

    let key: DocumentKey
    private let isOverlay: Bool
    let decoder: ConfigDecoder<Value>
    let lanes: DecodeLanes
    let validationTimeout: Duration
    /// Calls that took too long, and of which some may not have ended.
    let leftBehind = Mutex<[DecodeCall]>([])
    private let schema: JSONSchema?
    private let placeholders: Placeholders
    let references: SecretReferences?
    let logger: Logger?
    /// What was said once.
    let remarks = Mutex(ReloadRemarks())
    let ignoresPlaceholders: Bool
    private let published: PublishedReference<SnapshotStorage<Value>>
    private let hooks = Mutex(ReloadHooks<Value>())
    private let stuck: StuckCalls<Value>
    private let run: HandlerRun<Value>
    let freshness = Freshness()
    private let tracer: (any Tracer)?
    /// The traces in which versions were published; nil where none are known.
    private let traces: EventTraces?

    init(
        key: DocumentKey, isOverlay: Bool, decoder: ConfigDecoder<Value>, lanes: DecodeLanes = DecodeLanes(),
        schema: JSONSchema?, policy: HandlerPolicy, validationTimeout: Duration = .seconds(5),
        placeholders: Placeholders = .none, references: SecretReferences? = nil,
        ignoresPlaceholders: Bool = false, logger: Logger?,
        tracer: (any Tracer)? = nil, traces: EventTraces? = nil
    ) {
        self.key = key
        self.isOverlay = isOverlay
        self.decoder = decoder
        self.lanes = lanes
        self.validationTimeout = validationTimeout
        self.schema = schema
        self.placeholders = placeholders
        self.references = references
        self.ignoresPlaceholders = ignoresPlaceholders
        self.logger = logger
        published = PublishedReference(SnapshotStorage(freshness: freshness))
        self.tracer = tracer
        self.traces = traces
        stuck = StuckCalls { ReloadPipeline.reportStuck($0, key, logger) }
        run = HandlerRun(policy: policy, stuck: stuck, tracer: tracer)
    }

    /// What readers see.
    var current: Snapshot<Value> { Snapshot(storage: published.value) }

    var stuckHandlers: [String] { stuck.names }

    /// Registers a handler or validator; it takes part from the next reload on.
    func register(_ change: (inout ReloadHooks<Value>) -> Void) { hooks.withLock { change(&$0) } }

    func prepare(_ job: ReloadJob) async -> any PreparedReload {
        var attempt = ReloadAttempt(job, of: published, run)
        await bringHandlersBack()
        guard job.kind != .bringBack else { return attempt }
        let span = ReloadSpan(job, of: key, tracer, traces)
        attempt.span = span
        let hooks = hooks.withLock { $0 }
        do {
            attempt.clock.begin(.load)
            let written = try input(job.layers)
            attempt.contentHash = written.content.hash
            remarkPlaceholders(written)
            let expanded = try written.expanding(placeholders)
            let input = try await references?.resolve(expanded) ?? expanded
            attempt.secrets = input.secrets
            let value = try await decode(input)
            attempt.clock.begin(.validate)
            attempt.warnings = try await span.validating {
                try await validate(value, input, hooks.validators)
            }
            attempt.warnings = attempt.warnings.map(input.secrets.redacted)
            attempt.candidate = candidate(input, value, from: attempt.old, hooks.handlers)
        } catch {
            let isTransient = error is any TransientFailure
            let reason = ReasonText.shown(attempt.secrets.redacted(error.reason))
            let kind = (error as? any ClassifiedFailure)?.kind ?? (isTransient ? .other : .decode)
            attempt.verdict =
                Task.isCancelled
                ? .abandoned
                : isTransient
                    ? .refused(reason: reason, isTransient: true, kind: kind) : .invalid(reason: reason, kind: kind)
        }
        attempt.clock.end()
        return attempt
    }

    private func candidate(
        _ input: DecoderInput, _ value: Value, from old: SnapshotStorage<Value>, _ handlers: [ReloadHandler<Value>]
    ) -> ReloadAttempt<Value>.Candidate {
        let storage = SnapshotStorage(
            value: value, object: input.object, content: input.content, layers: input.layers, loadedAt: Timestamp.now,
            freshness: freshness, secrets: input.secrets)
        remarkPaths(of: handlers, from: old, to: storage)
        let affected = handlers.filter { handler in
            // Without a path the objects are not made.
            handler.path == nil || handler.isAffected(from: old.value == nil ? nil : old.object, to: storage.object)
        }
        return ReloadAttempt.Candidate(input: input, value: value, storage: storage, handlers: affected)
    }

    private func input(_ layers: DocumentLayers) throws -> DecoderInput {
        let object = try layers.object(isOverlay: isOverlay)
        // Without overlay the bytes are those whose hash was proven; they are not written again.
        let content = isOverlay ? Content(object) : layers.main?.content ?? .empty
        return DecoderInput(key: key, layers: layers, content: content, object: LazyObject(content, object))
    }

    /// Returns the warnings.
    private func validate(
        _ value: Value, _ input: DecoderInput, _ validators: [Validator<Value>]
    ) async throws -> [String] {
        let violations = try schema?.violations(in: .object(input.object.value), atMost: Self.namedViolations)
        var errors = violations?.map { "\($0)" } ?? []
        var kind = errors.isEmpty ? RejectionKind.timeout : .schema
        var warnings: [String] = []
        for validator in validators {
            let (validation, isLate) = await validator.validation(of: value, within: validationTimeout)
            errors += validation.errors.map { "\(validator.name): \($0)" }
            warnings += validation.warnings.map { "\(validator.name): \($0)" }
            if kind == .timeout, !isLate, !validation.errors.isEmpty { kind = .validator }
        }
        guard errors.isEmpty else { throw InvalidContent(description: errors.joined(separator: " "), kind: kind) }
        return warnings
    }

    /// Brings handlers that came back from an earlier reload to what runs.
    private func bringHandlersBack() async {
        guard let running = published.value.value else { return }
        for returned in stuck.takeReturned() {
            reportReturned(returned.handler.name)
            guard returned.handler.undoes else { continue }
            let outcome = await run.call(returned.handler, from: returned.attempted, to: running)
            guard outcome.result != .success else { continue }
            logger?.error(
                "a handler that was stuck could not be brought back to what runs",
                metadata: [
                    WatcherLogKey.document: "\(key)", WatcherLogKey.handler: "\(outcome.name)",
                    WatcherLogKey.error: "\(current.secrets.redacted(outcome.reason ?? ""))",
                ])
        }
    }
}
