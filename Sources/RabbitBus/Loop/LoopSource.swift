/// What a `SocketLoop` works for: the actor that lives on it. Both functions are called on the loop's thread.
protocol LoopSource: AnyObject, Sendable {
    /// What to sleep for.
    nonisolated func nextWait() -> LoopWait

    /// The descriptor can be read, the deadline has come, or `SocketLoop.ring()` was called.
    nonisolated func wake()
}

/// What ends the sleep of a loop, beside a job for its actor.
struct LoopWait {
    /// The socket to read; nil when there is none.
    var descriptor: Int32?
    /// When to wake up at the latest; nil: never.
    var deadline: ContinuousClock.Instant?
}
