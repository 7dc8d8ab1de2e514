/// What came from a source and belonged to no watcher.
struct SourceCounters: Sendable, Equatable {
    /// Messages that are no events.
    var unreadableEvents = 0
    /// Messages that were refused because of their publisher, or the way they came.
    var refusedMessages = 0
    /// Times that the source was lost.
    var interruptions = 0
}
