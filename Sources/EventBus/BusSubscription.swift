/// What a subscriber wants to receive.
public struct BusSubscription: Sendable, Equatable {
    /// The queue behind a subscription.
    public enum Queue: Sendable, Equatable {
        /// Lives with the subscription, holds at most 10,000 messages and drops the oldest; for watchers.
        case temporary
        /// Survives its consumers, one of which is active at a time; for the audit.
        case durable(name: String)
    }

    /// Topic patterns (`*` one word, `#` any number of words); a message that matches several is delivered once.
    public let patterns: [String]
    /// The queue's kind.
    public let queue: Queue
    /// How many deliveries may be unacknowledged at a time.
    public let prefetch: Int
    /// The receiver knows what to do when the broker does not allow a pattern, so that this is no error for the log.
    public let toleratesRefusal: Bool

    /// Describes a subscription.
    public init(
        patterns: [String], queue: Queue = .temporary, prefetch: Int = 256, toleratesRefusal: Bool = false
    ) {
        self.patterns = patterns
        self.queue = queue
        self.prefetch = prefetch
        self.toleratesRefusal = toleratesRefusal
    }
}
