package import ConfigModel

/// What a watch says.
package enum WatchItem: Sendable {
    /// This is the head of a document now, a tombstone perhaps.
    case change(HeadSnapshot)
    /// All heads that the watcher did not know have been sent. It comes again when the store got a new epoch.
    case synced(Epoch, count: Int)
}
