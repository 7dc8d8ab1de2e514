import ConfigModel
import EventBus
import RabbitBus
import Synchronization
import TestSupport

/// Everything that registries announced, kept by a durable queue, so that what the broker took is not missed while the
/// recorder itself is cut off.
final class ReceivedEvents: Sendable {
    /// An announcement and when it was heard.
    struct Announcement: Sendable {
        let event: ConfigEvent
        let body: [UInt8]
        let heardAt: ContinuousClock.Instant
    }

    private struct State {
        var announcements: [Announcement] = []
        var versions: [DocumentKey: Set<Int64>] = [:]
        var unreadable = 0
        var hostile = 0
        var subscriptions = 0
    }

    private let state = Mutex(State())

    var announcements: [Announcement] { state.withLock { $0.announcements } }

    /// Messages that no registry can have sent.
    var unreadable: Int { state.withLock { $0.unreadable } }

    /// Messages of the test itself, sent to harm others.
    var hostile: Int { state.withLock { $0.hostile } }

    /// How often it was told that its bindings stand.
    var subscriptions: Int { state.withLock { $0.subscriptions } }

    func versions(of key: DocumentKey) -> Set<Int64> { state.withLock { $0.versions[key] ?? [] } }

    fileprivate func listen(_ bus: RabbitBus, queue: String) async throws {
        let subscription = BusSubscription(patterns: ["config.#"], queue: .durable(name: queue), prefetch: 1_000)
        try await bus.withSubscription(subscription) { signals in
            for await signal in signals {
                switch signal {
                case .subscribed: state.withLock { $0.subscriptions += 1 }
                case .delivery(let delivery):
                    if delivery.messageID == Poisoner.messageID {
                        state.withLock { $0.hostile += 1 }
                    } else {
                        take(delivery.body)
                    }
                    delivery.acknowledge()
                case .interrupted: break
                }
            }
        }
    }

    /// Waits until it has subscribed more often than that.
    func waitUntilSubscribed(after count: Int = 0) async throws {
        try await eventually("the recorder's subscription") { subscriptions > count }
    }

    private func take(_ body: [UInt8]) {
        let now = ContinuousClock.now
        let event = try? ConfigEvent(json: body)
        state.withLock { state in
            guard let event else {
                state.unreadable += 1
                return
            }
            state.announcements.append(Announcement(event: event, body: body, heardAt: now))
            state.versions[event.key, default: []].insert(event.version)
        }
    }
}

extension TestBench {
    /// Records announcements from now on, whatever happens to the broker.
    func recordAllAnnouncements(from broker: String) async throws -> ReceivedEvents {
        let heard = ReceivedEvents()
        var options = RabbitBusOptions()
        // It notices at once when its binding is gone, because it must not miss anything.
        options.bindingPeriod = .milliseconds(100)
        let bus = try bus(named: "recorder", at: broker, options)
        let queue = "configbus.recorder.\(name)"
        runBeside { try await heard.listen(bus, queue: queue) }
        try await heard.waitUntilSubscribed()
        return heard
    }
}
