package import WatcherCore

extension ConfigWatcher {
    /// Calls the closure with every outcome, at the moment when it came about and readers see the new value; it must not wait.
    package func observe(_ observer: @escaping @Sendable (Outcome) -> Void) { pipeline.outcomes.observe(observer) }

    /// Ends `run()` after the reload under way.
    package func stop() { engine.stop() }
}
