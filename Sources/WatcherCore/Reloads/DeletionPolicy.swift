/// What a watcher does when its document is deleted. It is reported in any case.
public enum DeletionPolicy: Sendable, Equatable {
    /// Run the last version on, also after a restart when it is in the cache.
    case keepLast
    /// End `run()` with an error.
    case fail
}
