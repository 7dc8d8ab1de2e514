import WatcherCore

/// Carries a reload out. The engine does not know of which type a watcher's value is.
protocol Reloading: Sendable {
    /// Tries the job; readers see the new value before this returns.
    ///
    /// - Returns: what came of it, and calls of handlers that ignored the end of their time during this reload: when one
    ///   returns, the handler has to be called with what runs.
    func reload(_ job: ReloadJob) async -> (report: ReloadReport, stuck: [HandlerCall])

    /// The names of handlers that have not returned.
    var stuckHandlers: [String] { get }
}
