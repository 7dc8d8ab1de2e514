/// Carries a reload out. The engine does not know of which type a watcher's value is.
protocol Reloading: Sendable {
    /// Tries the job and answers what came of it; readers see the new value before this returns.
    func reload(_ job: ReloadJob) async -> ReloadReport

    /// The names of handlers that have not returned.
    var stuckHandlers: [String] { get }
}
