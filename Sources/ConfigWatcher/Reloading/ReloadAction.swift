/// What has to be done after something changed about what should run.
enum ReloadAction: Sendable {
    /// Try this.
    case run(ReloadJob)
    /// Tell everybody.
    case report(Outcome)
    /// This runs now: keep it for the next start.
    case save(DocumentLayers)
    /// Answer whoever asked.
    case complete(ticket: Int, Result<Outcome?, WatcherError>)
    /// End the watcher.
    case fail(WatcherError)
    /// Nothing is under way any more.
    case stopped
}
