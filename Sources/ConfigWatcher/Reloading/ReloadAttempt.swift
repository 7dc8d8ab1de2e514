import ConfigModel
import WatcherCore

/// One reload of one document, step by step.
struct ReloadAttempt<Value: Sendable>: PreparedReload {
    /// What was loaded and validated.
    struct Candidate: Sendable {
        let input: DecoderInput
        let value: Value
        let storage: SnapshotStorage<Value>
        /// The handlers that the change is about.
        let handlers: [ReloadHandler<Value>]
    }

    let job: ReloadJob
    /// Whatever runs meanwhile: the reload is about the way from here.
    let old: SnapshotStorage<Value>
    var verdict: ReloadReport.Verdict?
    /// Nil when there is nothing to load, or nothing that is valid.
    var candidate: Candidate?
    var contentHash: String?
    var warnings: [String] = []
    /// No report holds them.
    var secrets = ResolvedSecrets()
    private let published: PublishedReference<SnapshotStorage<Value>>
    private let run: HandlerRun<Value>
    var clock = PhaseClock()
    /// Nil when nothing is loaded.
    var span: ReloadSpan?
    /// Calls that ignored the end of their time before.
    private let stuckBefore: Set<ObjectIdentifier>
    private var handled = HandlerRun<Value>.Summary()

    init(_ job: ReloadJob, of published: PublishedReference<SnapshotStorage<Value>>, _ run: HandlerRun<Value>) {
        self.job = job
        self.published = published
        self.run = run
        old = published.value
        stuckBefore = Set(run.stuck.pending.map(\.id))
    }

    mutating func callHandlers() async {
        guard verdict == nil, let candidate else { return }
        clock.begin(.apply)
        defer { clock.end() }
        let (run, old) = (run, old)
        // What an operator wants in any case goes on without what is stuck.
        let stuck = job.kind == .reload ? run.refusal(of: job.layers, candidate.handlers) : nil
        if let stuck {
            handled = stuck
        } else {
            let layers = job.layers
            handled = await span.withContext {
                await run.call(candidate.handlers, old: old.value, new: candidate.value, of: layers)
            }
        }
        handled = handled.redacted(secrets)
        guard let refusal = handled.refusal else { return }
        verdict =
            Task.isCancelled
            ? .abandoned : .refused(reason: refusal, isTransient: handled.isTransient, kind: handled.kind)
        candidate.input.object.release()
    }

    mutating func takeBack(reason: String, isTransient: Bool, kind: RejectionKind) async {
        guard verdict == nil, let candidate else { return }
        clock.begin(.apply)
        defer { clock.end() }
        let (run, old) = (run, old)
        var handled = handled
        await span.withContext { await run.takeBack(&handled, from: candidate.value, to: old.value) }
        self.handled = handled.redacted(secrets)
        verdict = Task.isCancelled ? .abandoned : .refused(reason: reason, isTransient: isTransient, kind: kind)
        candidate.input.object.release()
    }

    mutating func publish() {
        guard verdict == nil else { return }
        verdict = .applied
        guard let candidate else { return }
        published.replace(with: candidate.storage)
        candidate.input.object.release()
    }

    func finished() -> (report: ReloadReport, stuck: [HandlerCall]) {
        span?.end(job, verdict ?? .abandoned)
        let report = ReloadReport(
            job: job, verdict: verdict ?? .abandoned, contentHash: contentHash, handlers: handled.outcomes,
            warnings: warnings, finishedAt: Timestamp.now, times: clock.times)
        return (report, run.stuck.pending.filter { !stuckBefore.contains($0.id) })
    }
}
