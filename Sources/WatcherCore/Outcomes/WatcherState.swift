/// What a watcher is doing.
public enum WatcherState: String, Sendable, CaseIterable {
    /// Nothing runs yet.
    case starting
    /// The newest version runs, and the proof of that is not old.
    case current
    /// Something runs that is not proven to be the newest: there was no proof for a while, or the document was deleted.
    case stale
    /// A version is being applied.
    case reloading
    /// The newest version was refused; what ran before runs on.
    case rejected
    /// An earlier version runs because a rollback was made here.
    case pinned
    /// New versions wait until `resume()`.
    case paused
    /// `run()` has ended.
    case stopped
}
