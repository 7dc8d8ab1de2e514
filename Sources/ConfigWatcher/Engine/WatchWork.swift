/// What a watcher's run has to do outside its decisions.
enum WatchWork: Sendable {
    case read(ReadRequest, Layer)
    case reload(ReloadJob)
    case wake(Instant)
    case flushCache
    case touchCache
    case fail(WatcherError)
    case end
}
