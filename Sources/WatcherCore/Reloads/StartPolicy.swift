/// What a watcher does at its start when the registry does not answer.
public enum StartPolicy: Sendable, Equatable {
    /// Wait for the registry as long as it takes; nothing runs until then.
    case requireFresh
    /// Run what ran last, from the cache, when the registry has not answered within `patience` or cannot be reached, and
    /// catch up when it can. `upTo` limits the age of the last proof that it was the newest; nil is no limit.
    case allowStale(upTo: Duration? = nil, patience: Duration = .seconds(2))
    /// End `run()` with an error unless a proven version runs within this time.
    case failUnlessFresh(within: Duration)
}
