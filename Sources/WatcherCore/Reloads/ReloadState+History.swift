import ConfigModel

extension ReloadState {
    /// Notes what was tried and what came of it, before what runs changes.
    ///
    /// - Parameters:
    ///   - outcome: what it was about.
    ///   - status: what came of it.
    ///   - report: nil when nothing was loaded.
    ///   - cause: what made the watcher do it, when the outcome does not say it.
    mutating func record(
        _ outcome: Outcome, _ status: ReloadOperation.Status, _ report: ReloadReport? = nil,
        cause: ReloadTrigger? = nil
    ) {
        log.add(
            OperationLog.Entry(
                version: outcome.version, defaultVersion: outcome.defaultVersion ?? 0,
                fromVersion: applied.map { $0.layers.main?.version ?? 0 } ?? -1,
                finishedAt: report?.finishedAt ?? date, times: report?.times ?? ReloadTimes(),
                remarks: .init(handlers: outcome.handlers, warnings: outcome.warnings, reason: outcome.reason),
                attempt: Int32(clamping: outcome.attempt), trigger: outcome.trigger ?? cause ?? self.cause,
                status: status,
                isReload: report != nil))
    }
}
