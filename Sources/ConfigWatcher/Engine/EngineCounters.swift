/// What came over the sources and belonged to no watcher.
struct EngineCounters: Sendable, Equatable {
    /// Messages that are no events.
    var unreadableEvents = 0
    /// Messages that were not listened to because of who sent them, or how.
    var refusedMessages = 0
    /// Times that a source was lost.
    var interruptions = 0
}
