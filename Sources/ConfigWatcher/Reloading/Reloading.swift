import ConfigModel
import WatcherCore

/// Carries reloads out. The engine does not know of which type a watcher's value is.
protocol Reloading: Sendable {
    /// Loads and validates what the job names; nothing that runs is touched.
    func prepare(_ job: ReloadJob) async -> any PreparedReload

    /// The names of handlers that have not returned.
    var stuckHandlers: [String] { get }
}

/// A reload whose version was loaded and validated, and the steps that are left. Those of several documents go side by side:
/// first the handlers of all, then all become visible.
protocol PreparedReload: Sendable {
    /// The attempt.
    var job: ReloadJob { get }
    /// How it ended; nil while the next step may be made.
    var verdict: ReloadReport.Verdict? { get }

    /// Calls the handlers. When they refuse the version, what they did is taken back, and that is the end.
    mutating func callHandlers() async

    /// Takes back what the handlers did, because something that belongs to the version was refused.
    mutating func takeBack(reason: String, isTransient: Bool, kind: RejectionKind) async

    /// Readers see the new value from now on.
    mutating func publish()

    /// What came of it, and calls of handlers that ignored the end of their time during this reload: when one returns, the
    /// handler has to be called with what runs.
    func finished() -> (report: ReloadReport, stuck: [HandlerCall])
}

extension Reloading {
    /// Tries the job; readers see the new value before this returns.
    func reload(_ job: ReloadJob) async -> (report: ReloadReport, stuck: [HandlerCall]) {
        var reload = await prepare(job)
        await reload.callHandlers()
        reload.publish()
        return reload.finished()
    }
}
