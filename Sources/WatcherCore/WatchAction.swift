package import ConfigModel

/// What has to be done after a decision. All decisions of a watcher return these.
package enum WatchAction: Sendable {
    /// Read a document.
    case read(ReadRequest)
    /// Try to load this.
    case run(ReloadJob)
    /// Give up the reload with this number if it has not begun because it waits for other documents.
    case withdraw(job: Int)
    /// Report this to the application and the log.
    case report(Outcome)
    /// Say that there is no such document.
    case missing
    /// Say that the bus did not announce this version.
    case unannounced(DocumentKey, version: Int64)
    /// This runs now: keep it in the cache for the next start.
    case save(DocumentLayers)
    /// What is in the cache was proven to be the newest just now.
    case touch
    /// Say `.tick` at this moment.
    case wake(Instant)
    /// Complete the call that has this ticket.
    case complete(ticket: Int, Result<Outcome?, WatcherError>)
    /// End the watcher with an error.
    case fail(WatcherError)
    /// Nothing is under way any more.
    case stopped
}
