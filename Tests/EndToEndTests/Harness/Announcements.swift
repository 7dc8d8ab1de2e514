import ConfigModel
import EventBus
import Logging
import RabbitBus
import Synchronization
import TestSupport

/// Everything that is announced on the test's exchange, as a subscriber of its own hears it.
final class Announcements: Sendable {
    private let heard = Mutex<[BusDelivery]>([])
    private let isSubscribed = Mutex(false)

    /// All messages so far, repetitions too.
    var deliveries: [BusDelivery] { heard.withLock { $0 } }

    /// The messages about one document.
    func events(about key: DocumentKey) throws -> [ConfigEvent] {
        try deliveries.map { try ConfigEvent(json: $0.body) }.filter { $0.key == key }
    }

    /// The versions of one document that were announced, each once.
    func versions(of key: DocumentKey) throws -> [Int64] {
        Set(try events(about: key).map(\.version)).sorted()
    }

    /// Waits until versions 1 to `last` of a document have been announced.
    func versions(upTo last: Int64, of key: DocumentKey) async throws {
        var missing: [Int64] = []
        try await eventually("the announcement of versions \(missing) of \(key)") {
            let announced = Set(try versions(of: key))
            missing = (1...last).filter { !announced.contains($0) }
            return missing.isEmpty
        }
    }

    fileprivate func listen(_ bus: RabbitBus) async throws {
        try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
            for await signal in signals {
                switch signal {
                case .subscribed: isSubscribed.withLock { $0 = true }
                case .delivery(let delivery):
                    heard.withLock { $0.append(delivery) }
                    delivery.acknowledge()
                case .interrupted: break
                }
            }
        }
    }

    fileprivate func waitUntilSubscribed() async throws {
        try await eventually("the subscription of the test itself") { isSubscribed.withLock { $0 } }
    }
}

extension TestBench {
    /// Listens from now on until the test ends.
    func recordAnnouncements() async throws -> Announcements {
        let announcements = Announcements()
        let bus = try bus(named: "listener")
        runBeside { try await announcements.listen(bus) }
        try await announcements.waitUntilSubscribed()
        return announcements
    }

    /// A bus on the test's exchange for the test itself; `broker` leads to the broker through a proxy.
    func bus(
        named purpose: String, at broker: String? = nil, _ options: RabbitBusOptions = RabbitBusOptions()
    ) throws -> RabbitBus {
        try RabbitBus(
            uri: broker ?? brokerURI(), exchange: exchange, name: "\(name) \(purpose)", options: options,
            logger: Logger(label: name, factory: { _ in SwiftLogNoOpLogHandler() }))
    }
}
