import AsyncSupport

/// Brings what a source says to the watchers of an engine.
protocol EventFeed: Sendable {
    /// Subscribes and passes on until the task is cancelled, over every loss of the source.
    func run(_ plan: SubscriptionPlan) async
}

extension EventFeed {
    /// The pauses before a source is subscribed to again: many watchers lose the same one at the same moment.
    static func newBackoff() -> Backoff { Backoff(from: .milliseconds(100), upTo: .seconds(30), jitter: 0.1...1) }
}

extension EventSource {
    /// True when the source tells the heads of what is subscribed to by itself.
    var tellsHeads: Bool {
        switch kind {
        case .serverSentEvents: true
        case .bus, .polling: false
        }
    }

    /// nil when there is nothing to listen to.
    func feed(into engine: WatchEngine) -> (any EventFeed)? {
        switch kind {
        case .bus(let bus, let filter): BusFeed(bus: bus, filter: filter, engine: engine)
        case .serverSentEvents: StreamFeed(engine: engine)
        case .polling: nil
        }
    }
}
