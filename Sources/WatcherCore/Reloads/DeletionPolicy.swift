/// What a watcher does when its document is deleted. It is reported in any case.
public enum DeletionPolicy: Sendable, Equatable {
    /// Run the last version on, also after a restart when it is in the cache.
    case keepLast
    /// Run what the type makes of an empty document: it goes through validators and handlers like a version, and `get`
    /// returns defaults. The type has to decode from `{}`, which is checked when the watcher is made.
    case useDefaults
    /// End `run()` with an error.
    case fail
}
