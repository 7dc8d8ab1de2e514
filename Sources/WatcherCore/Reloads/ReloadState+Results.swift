import ConfigModel

extension ReloadState {
    /// The reload under way ended.
    mutating func finished(_ report: ReloadReport, at now: Instant) -> [WatchAction] {
        running = nil
        setWait = nil
        guard report.job.kind != .bringBack else { return afterwards(at: now) }
        let actions: [WatchAction]
        switch report.verdict {
        case .abandoned:
            return commands.end(.failure(WatcherError(.notRunning, "The watcher of \(key) stopped."))) + stop()
        case .applied:
            actions = accepted(report)
        case .invalid(let reason, let kind):
            counters.validationFailures += 1
            actions = refused(report, reason, kind, isTransient: false, at: now)
        case .refused(let reason, let isTransient, let kind):
            actions = refused(report, reason, kind, isTransient: isTransient, at: now)
        }
        counters.reloads += 1
        if report.job.attempt > 1 { counters.retries += 1 }
        return actions + afterwards(at: now)
    }

    private mutating func accepted(_ report: ReloadReport) -> [WatchAction] {
        let job = report.job
        let outcome = outcome(report, job.kind == .rollback ? .rolledBack : .applied)
        record(outcome, job.kind == .rollback ? .rolledBack : .applied, report)
        // The epoch may have changed while it was loaded.
        let layers = job.layers.identity == newest.identity ? newest : job.layers
        let version = GoodVersion(layers: layers, contentHash: report.contentHash ?? "")
        counters.successes += 1
        if job.kind == .rollback {
            counters.rollbacks += 1
            pin = newest.identity
        } else if job.kind != .reapply {
            if layers.hasContent { good.remember(version, after: applied) }
            pin = nil
        }
        // With overlay a part of the newest may run while the whole is to be tried again.
        if job.kind == .rollback || retry?.identity != newest.identity || job.layers.identity == newest.identity {
            retry = nil
        }
        applied = version
        if job.layers.identity == newest.identity { rejection = nil }
        return [.report(outcome), .save(layers)] + commands.end(.success(outcome))
    }

    private mutating func refused(
        _ report: ReloadReport, _ reason: String, _ kind: RejectionKind, isTransient: Bool, at now: Instant
    ) -> [WatchAction] {
        let outcome = outcome(report, .rejected, kind, reason: reason)
        record(outcome, .rejected, report)
        counters.failures += 1
        guard report.job.kind != .rollback, report.job.kind != .reapply else {
            return [.report(outcome)] + commands.end(.success(outcome))
        }
        let identity = report.job.layers.identity
        rejected.insert(identity)
        if identity == newest.identity { rejection = reason }
        let earlier = retry
        let plan = plan(report, reason, isTransient: isTransient, at: now)
        // What is tried again is the newest, whatever became of a part of it meanwhile.
        if identity == newest.identity || earlier?.identity != newest.identity { retry = plan }
        // Said once: the next attempt may fail for the same reason for hours.
        let isNews = plan.map { !$0.repeats(earlier) } ?? true
        return (isNews ? [.report(outcome)] : []) + commands.end(.success(outcome))
    }

    /// When it is tried again, if it is.
    private func plan(
        _ report: ReloadReport, _ reason: String, isTransient: Bool, at now: Instant
    ) -> RetryPlan? {
        guard case .refused = report.verdict,
            let pause = retryPolicy.pause(after: report.job.attempt, isTransient: isTransient)
        else { return nil }
        return RetryPlan(report, reason, pause: pause, isQuiet: isTransient, at: now)
    }

    mutating func afterwards(at now: Instant) -> [WatchAction] {
        isStopping ? reportDeletion() + [.stopped] : advance(at: now)
    }
}

extension ReloadState {
    /// An outcome without more than versions.
    func outcome(of layers: DocumentLayers, _ kind: Outcome.Kind) -> Outcome {
        Outcome(
            key: key, version: layers.main?.version ?? 0, defaultVersion: defaultVersion(of: layers),
            epoch: layers.epoch, kind: kind)
    }

    /// What runs counts on in a new epoch.
    func outcomeOfEpoch(before: Epoch) -> Outcome {
        Outcome(
            key: key, version: newest.main?.version ?? 0, defaultVersion: defaultVersion(of: newest),
            epoch: newest.epoch, kind: .applied,
            reason: "The same version counts on in a new epoch (before: \(before)); nothing was loaded again.",
            contentHash: applied?.contentHash)
    }

    /// The outcome of something that was refused.
    func outcome(_ refused: Refused, _ layer: Layer) -> Outcome {
        let isMain = layer == .main
        return Outcome(
            key: key, version: isMain ? refused.version : applied?.layers.main?.version ?? 0,
            defaultVersion: isMain ? defaultVersion(of: applied?.layers ?? DocumentLayers()) : refused.version,
            epoch: newest[layer]?.storeEpoch, kind: .rejected, rejection: refused.reason.kind,
            reason: refused.reason.description,
            contentHash: refused.contentHash)
    }

    private func outcome(
        _ report: ReloadReport, _ kind: Outcome.Kind, _ rejection: RejectionKind? = nil, reason: String? = nil
    ) -> Outcome {
        let layers = report.job.layers
        return Outcome(
            key: key, version: layers.main?.version ?? 0, defaultVersion: defaultVersion(of: layers),
            epoch: layers.epoch, kind: kind, rejection: rejection, reason: reason ?? provenance(of: layers),
            contentHash: report.contentHash, latency: kind == .applied ? latency(report) : nil, times: report.times,
            trigger: report.job.trigger, attempt: report.job.attempt, handlers: report.handlers,
            warnings: report.warnings)
    }

    private func defaultVersion(of layers: DocumentLayers) -> Int64? { isOverlay ? layers.base?.version ?? 0 : nil }

    /// Says so when what runs is not proven to be the newest, or is what is left of a deleted document.
    private func provenance(of layers: DocumentLayers) -> String? {
        guard layers.hasContent else { return "The document was deleted: this is what an empty one stands for." }
        guard layers == start.cached, layers.identity != newest.identity else { return nil }
        let age = start.cachedAge.asAge
        return "This is what ran last, from the cache, last known to be the newest \(age) ago: \(obstacle)"
    }

    /// From the moment when the newest part that changed was made; nothing when nothing ran before.
    private func latency(_ report: ReloadReport) -> Duration? {
        guard let applied, report.job.kind == .reload else { return nil }
        let changed = Layer.allCases.compactMap { layer -> DocumentVersion? in
            let document = report.job.layers[layer]
            return document?.identity == applied.layers[layer]?.identity ? nil : document
        }
        guard let createdAt = changed.compactMap(\.createdAt).max() else { return nil }
        return .milliseconds(report.finishedAt.milliseconds - createdAt.milliseconds)
    }
}
