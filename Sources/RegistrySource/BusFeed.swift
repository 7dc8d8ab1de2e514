import AsyncSupport
import ConfigModel
import ConfigWatcher
import EventBus
import Logging
import Synchronization

/// Subscribes to the message bus. Everything that arrives is a hint until it is proven.
final class BusFeed: FeedSubscriber {
    private let bus: any EventBus
    private let filter: BusFilter
    private let feed: SourceFeed
    private let stream: StreamFeed
    /// Finds what was published below a prefix before the bus stood.
    private let discovery: PrefixDiscovery
    /// The broker allows single documents only.
    private let isNarrow = Atomic<Bool>(false)

    init(
        bus: any EventBus, filter: BusFilter, feed: SourceFeed, registry: any RegistryReading,
        discovery: PrefixDiscovery
    ) {
        self.bus = bus
        self.filter = filter
        self.feed = feed
        self.discovery = discovery
        stream = StreamFeed(registry: registry, feed: feed)
    }

    var sendsHeads: Bool { false }

    func parts(of plan: SubscriptionPlan) -> [SubscriptionPart] {
        isNarrow.load(ordering: .acquiring) ? plan.narrow : plan.whole.map { [$0] } ?? []
    }

    func run(_ subscription: Subscription) async {
        let part = subscription.part
        guard !part.patterns.isEmpty else { return await stream.run(subscription) }
        let busSubscription = BusSubscription(patterns: part.patterns, toleratesRefusal: part.isWide)
        var backoff = Backoff.subscribing
        while !Task.isCancelled {
            let reason: String
            do {
                let isRefused = try await bus.withSubscription(busSubscription) { signals in
                    for await signal in signals {
                        if case .subscribed = signal { backoff.reset() }
                        if part.isWide, case .interrupted(let error) = signal, error.code == .bindingRefused {
                            return true
                        }
                        take(signal, subscription)
                    }
                    return false
                }
                if isRefused { return narrow(subscription) }
                reason = "The subscription ended."
            } catch {
                reason = "\(error)"
            }
            guard !Task.isCancelled else { return }
            interrupted(subscription, reason)
            do { try await Task.sleep(for: backoff.next()) } catch { return }
        }
    }

    /// Operators need not grant more than what is followed: each document is bound by itself from now on.
    private func narrow(_ subscription: Subscription) {
        if !isNarrow.exchange(true, ordering: .acquiringAndReleasing) {
            feed.logger?.notice(
                "the broker allows single documents only: each one is bound by itself, and prefixes and what is more than \(SubscriptionPlan.bindingLimit) are followed over the registry's stream"
            )
        }
        subscription.refused()
    }

    private func take(_ signal: BusSignal, _ subscription: Subscription) {
        switch signal {
        case .subscribed:
            // Bound first, read now: nothing falls between.
            feed.stands(at: filter.exchange ?? bus.brokerExchange)
            let covered = subscription.stands()
            for key in feed.documents where covered.map({ !$0.covers(key) }) ?? true {
                feed.send(.established, to: key)
            }
            discovery.look()
        case .interrupted(let error):
            interrupted(subscription, error.message)
        case .delivery(let delivery):
            take(delivery)
            // Each watcher keeps the newest version that was announced, so that one document never holds up another.
            delivery.acknowledge()
        }
    }

    private func take(_ delivery: BusDelivery) {
        if let refusal = filter.refusal(of: delivery) {
            feed.countRefusedMessage()
            feed.logger?.debug("a message was refused", metadata: ["error": "\(refusal)"])
            return
        }
        do {
            let limits = ContentLimits(maximumBytes: ContentLimits.byteCeiling)
            let event = try ConfigEvent(json: delivery.body, limits: limits)
            let headers = delivery.headers
            feed.note(
                TraceContext(traceparent: headers["traceparent"], tracestate: headers["tracestate"]), of: event)
            feed.send(.announced(event), to: event.key)
        } catch {
            feed.countUnreadableEvent()
            feed.logger?.debug("a message is no event", metadata: ["error": "\(error)"])
        }
    }

    private func interrupted(_ subscription: Subscription, _ reason: String) {
        let stood = subscription.isStanding
        subscription.interrupted()
        feed.failed(SourceFailure(reason, scope: .announcements))
        feed.interrupted("bus", reason: reason, level: stood ? .info : .debug)
    }
}

extension Backoff {
    /// The pauses before a source is subscribed to again: many watchers lose the same one at the same moment.
    static var subscribing: Backoff { Backoff(from: .milliseconds(100), upTo: .seconds(30), jitter: 0.1...1) }
}
