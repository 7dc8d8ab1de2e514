public import ConfigModel

/// What a watch says.
public enum WatchMessage: Sendable, Equatable {
    /// A version, with its content; first the newest versions that the caller did not know, then each change.
    case event(ConfigEvent)
    /// The newest version of every selected document is known by now; `count` documents are selected.
    case synced(epoch: Epoch, count: Int)
    /// The registry proved this long ago that what it told is the newest.
    case proof(age: Duration)
}
