/// What decides about one watcher's proofs and reloads.
struct WatchOptions: Sendable {
    var trust = Trust(keys: nil)
    var pollInterval = Duration.seconds(60)
    var start = StartPolicy.allowStale()
    var deletion = DeletionPolicy.keepLast
}
