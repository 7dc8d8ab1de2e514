import AsyncSupport
import ConfigModel
import ConfigWatcher
import Synchronization

/// Subscribes to announcements, of whichever kind.
protocol FeedSubscriber: Sendable {
    /// True when subscribing sends the newest versions, so that they need not be read.
    var sendsHeads: Bool { get }

    /// What has to be subscribed to for these documents: parts that can be replaced one by one.
    func parts(of plan: SubscriptionPlan) -> [SubscriptionPart]

    /// Subscribes to one part, over every loss, until the task is cancelled.
    func run(_ subscription: Subscription) async
}

/// Keeps a subscription for all documents that are followed.
///
/// A document that is added costs no subscription when one covers it already. Otherwise a part is subscribed to that covers
/// it too, and the one before ends when the new one stands: for the other documents nothing was missed.
final class Subscriptions: Sendable {
    private let subscriber: any FeedSubscriber
    private let feed: SourceFeed
    /// The newest of each name; each stands or is being established.
    private let current = Mutex<[String: Subscription]>([:])
    private let (starts, start) = AsyncStream.makeStream(of: Subscription.self)

    init(_ subscriber: any FeedSubscriber, _ feed: SourceFeed) {
        self.subscriber = subscriber
        self.feed = feed
    }

    /// Runs what is begun, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await subscription in starts {
                group.addTask { [subscriber] in
                    await withTaskGroup { group in
                        group.addTask { await subscriber.run(subscription) }
                        group.addTask { _ = await subscription.end.wait() }
                        await group.next()
                        group.cancelAll()
                    }
                }
            }
        }
    }

    /// Subscribes to what is followed.
    func begin() {
        let documents = feed.documents
        if !subscriber.sendsHeads {
            // Before anything is bound: what the registry remembers, which is there at once.
            for key in documents { feed.send(.mayHaveChanged(isFresh: false), to: key) }
        }
        for part in subscriber.parts(of: plan) { begin(part, after: nil) }
    }

    private var plan: SubscriptionPlan { SubscriptionPlan(feed.documents, below: feed.prefixes) }

    /// Covers a document that was added.
    func follow(_ key: DocumentKey) {
        guard !isCovered(key) else {
            // It may have been published before anything about it arrived here.
            return feed.send(.mayHaveChanged(isFresh: true), to: key)
        }
        if !subscriber.sendsHeads { feed.send(.mayHaveChanged(isFresh: false), to: key) }
        cover(key)
    }

    /// Covers a prefix that was added.
    func follow(_ prefix: DocumentPrefix) { cover(prefix) }

    /// Ends subscriptions that only this prefix needed. Until they end, a new follower must not rely on them: what they sent
    /// went to watchers that are gone.
    func unfollow(_ prefix: DocumentPrefix) {
        if subscriber.sendsHeads {
            for subscription in current.withLock({ Array($0.values) }) where subscription.part.covers(prefix) {
                subscription.spend()
            }
        }
        endRest()
    }

    private func isCovered(_ key: DocumentKey) -> Bool {
        current.withLock { $0.values.contains { $0.part.covers(key) } }
    }

    private func cover(_ key: DocumentKey) {
        for part in subscriber.parts(of: plan) where part.covers(key) { cover(part) }
    }

    private func cover(_ prefix: DocumentPrefix) {
        for part in subscriber.parts(of: plan) where part.covers(prefix) {
            // A part of that name that covers it has sent, or sends, what there is.
            let present = current.withLock { $0[part.name] }
            if present.map({ !$0.part.covers(prefix) || $0.isSpent }) ?? true { cover(part) }
        }
    }

    private func cover(_ part: SubscriptionPart) {
        let previous = current.withLock { $0[part.name] }
        // One that is being established is waited for; what it does not cover comes then, all at once.
        if previous?.isStanding ?? true { begin(part, after: previous) }
    }

    private func begin(_ part: SubscriptionPart, after previous: Subscription?) {
        let subscription = Subscription(
            part, after: previous, onStanding: { [weak self] in self?.coverRest() },
            onRefusal: { [weak self] previous in self?.replace(part.name, after: previous) })
        current.withLock { $0[part.name] = subscription }
        start.yield(subscription)
    }

    /// Subscribes to other parts, because one was refused. What that one was to take the place of ends when they stand.
    private func replace(_ name: String, after previous: Subscription?) {
        for part in subscriber.parts(of: plan) {
            begin(part, after: part.name == name ? previous : current.withLock { $0[part.name] })
        }
    }

    /// Covers what was added while something was being established.
    private func coverRest() {
        for key in feed.documents where !isCovered(key) { cover(key) }
        for prefix in feed.prefixes { cover(prefix) }
        endRest()
    }

    /// Ends parts that are not needed any more, once everything that is needed stands.
    private func endRest() {
        let needed = Set(subscriber.parts(of: plan).map(\.name))
        let rest = current.withLock { current -> [Subscription] in
            guard needed.allSatisfy({ current[$0]?.isStanding ?? false }) else { return [] }
            let names = current.keys.filter { !needed.contains($0) }
            return names.compactMap { current.removeValue(forKey: $0) }
        }
        for subscription in rest { subscription.end.resolve(()) }
    }
}

/// A part of a subscription plan that is subscribed to.
final class Subscription: Sendable {
    let part: SubscriptionPart
    /// It is not needed any more.
    let end = Completion<Void>()
    private let previous: Mutex<Subscription?>
    private let standing = Atomic<Bool>(false)
    private let spent = Atomic<Bool>(false)
    private let onStanding: @Sendable () -> Void
    private let onRefusal: @Sendable (_ previous: Subscription?) -> Void

    /// - Parameters:
    ///   - part: what it covers.
    ///   - previous: the one that it takes the place of.
    ///   - onStanding: called whenever it stands anew.
    ///   - onRefusal: called with `previous` when others have to take its place.
    init(
        _ part: SubscriptionPart, after previous: Subscription?, onStanding: @escaping @Sendable () -> Void,
        onRefusal: @escaping @Sendable (_ previous: Subscription?) -> Void
    ) {
        self.part = part
        self.previous = Mutex(previous)
        self.onStanding = onStanding
        self.onRefusal = onRefusal
    }

    var isStanding: Bool { standing.load(ordering: .acquiring) }

    /// What it sent about a prefix is lost: its watchers ended.
    var isSpent: Bool { spent.load(ordering: .acquiring) }

    /// The watchers end that it sent heads to.
    func spend() { spent.store(true, ordering: .releasing) }

    /// It stands. Ends the one that it takes the place of.
    ///
    /// - Returns: what covers documents for which nothing was missed, because the one before stood until now; nil when
    ///   something may have been missed of each.
    func stands() -> SubscriptionPart? {
        let stoodBefore = standing.exchange(true, ordering: .acquiringAndReleasing)
        defer { if !stoodBefore { onStanding() } }
        guard let previous = previous.withLock({ $0.take() }) else { return nil }
        let previousStood = previous.isStanding
        previous.end.resolve(())
        return previousStood ? previous.part : nil
    }

    /// It is not allowed; the subscriber's parts are others from now on.
    func refused() { onRefusal(previous.withLock { $0.take() }) }

    /// It was lost.
    func interrupted() { standing.store(false, ordering: .releasing) }
}
