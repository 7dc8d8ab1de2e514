import AsyncSupport
import ConfigModel
import EventBus
import Logging

/// Listens to the message bus. Everything that arrives is a hint until it is proven.
struct BusFeed: EventFeed {
    let bus: any EventBus
    let filter: BusFilter
    let engine: WatchEngine

    func run(_ plan: SubscriptionPlan) async {
        var backoff = Self.newBackoff()
        var expected = ExpectedVersions()
        while !Task.isCancelled {
            let reason: String
            do {
                try await bus.withSubscription(BusSubscription(patterns: plan.patterns)) { signals in
                    for await signal in signals {
                        if case .subscribed = signal { backoff.reset() }
                        take(signal, &expected)
                    }
                }
                reason = "The subscription ended."
            } catch {
                reason = "\(error)"
            }
            guard !Task.isCancelled else { return }
            interrupted(reason)
            do { try await Task.sleep(for: backoff.next()) } catch { return }
        }
    }

    private func take(_ signal: BusSignal, _ expected: inout ExpectedVersions) {
        switch signal {
        case .subscribed:
            // Bound first, read now: nothing falls between.
            engine.conditions.sourceStands()
            for pipeline in engine.pipelines { pipeline.receive(.subscribed) }
        case .interrupted(let error):
            interrupted(error.message)
        case .delivery(let delivery):
            take(delivery, &expected)
            // Each watcher keeps the newest it heard of, so that one document never holds up another.
            delivery.acknowledge()
        }
    }

    private func take(_ delivery: BusDelivery, _ expected: inout ExpectedVersions) {
        if let refusal = filter.refusal(of: delivery) {
            engine.count { $0.refusedMessages += 1 }
            engine.logger?.debug("a message was not listened to", metadata: [LogKey.reason: "\(refusal)"])
            return
        }
        if let next = delivery.messageID.flatMap(expected.version) {
            for pipeline in engine.followers(of: next.key) { pipeline.receive(.announced(next)) }
        }
        let event: ConfigEvent
        do {
            event = try ConfigEvent(json: delivery.body, limits: ContentLimits(maximumBytes: ContentLimits.byteCeiling))
        } catch {
            engine.count { $0.unreadableEvents += 1 }
            engine.logger?.debug("a message is no event", metadata: [LogKey.reason: "\(error)"])
            return
        }
        let followers = engine.followers(of: event.key)
        if !followers.isEmpty { engine.conditions.announced() }
        for pipeline in followers { pipeline.receive(.heard(event)) }
        if event.content != nil, followers.contains(where: \.asksAboutEvents) {
            expected.expect(after: event)
        } else {
            expected.forget(event.key)
        }
    }

    private func interrupted(_ reason: String) {
        engine.conditions.sourceFailed(reason)
        engine.interrupted(by: "bus", reason)
    }
}
