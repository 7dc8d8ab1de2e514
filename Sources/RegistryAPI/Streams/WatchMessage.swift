public import ConfigModel

/// What a watch says.
public enum WatchMessage: Sendable, Equatable {
    /// A version, with its content; first the newest versions that the caller did not know, then each change.
    case event(ConfigEvent)
    /// The trace in which the version of the next event was published (W3C Trace Context).
    case trace(TraceContext)
    /// The newest version of every selected document is known by now; `count` documents are selected.
    case synced(epoch: Epoch, count: Int)
    /// The newest versions of these documents, whose numbers these are, are damaged in the registry's store. They are left
    /// out, and the `synced` or `proof` behind this says nothing about them.
    ///
    /// Not complete: there are more, which are not named.
    case damaged([DocumentKey: Int64], isComplete: Bool)
    /// The registry proved this long ago that what it sent is the newest.
    case proof(age: Duration)
    /// The registry ends the watch because of the client's credential: it is `expired`, `revoked` or `changed`. Watch again
    /// with the one that counts by now.
    case ended(reason: String)
}
