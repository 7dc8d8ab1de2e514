import AsyncSupport
import ConfigModel
import EventBus
import Logging

/// Listens to what all registries announce, as a hint to look early. What an event says counts for nothing.
final class BusListener: Sendable {
    private let bus: any EventBus
    private let cache: HeadCache
    private let traces: AnnouncedTraces
    private let hub: WatchHub
    private let publishedIDs: PublishedMessageIDs
    private let headLifetime: Duration
    private let counters: Counters<RegistryCounters>
    private let logger: Logger
    private let hints: HintReader
    private let epochs: EpochKeeper
    private let onSubscribed: @Sendable () -> Void

    /// - Parameter onSubscribed: called whenever the bus is there again and events may have been missed.
    init(
        source: HeadSource, announcer: Announcer, hints: HintReader, epochs: EpochKeeper, options: RegistryOptions,
        logger: Logger, onSubscribed: @escaping @Sendable () -> Void
    ) {
        bus = announcer.bus
        cache = source.cache
        traces = source.traces
        hub = source.hub
        publishedIDs = announcer.publishedIDs
        headLifetime = options.headLifetime
        counters = source.counters
        self.logger = logger
        self.hints = hints
        self.epochs = epochs
        self.onSubscribed = onSubscribed
    }

    /// Listens until cancelled.
    func run() async {
        while !Task.isCancelled {
            do {
                try await bus.withSubscription(BusSubscription(patterns: ["config.#"])) { signals in
                    for await signal in signals { self.receive(signal) }
                }
            } catch {
                if Task.isCancelled { return }
                logger.warning("the registry cannot listen to the bus", metadata: ["error": "\(error)"])
            }
            // The bus reconnects by itself; this is for a bus that refuses.
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
        }
    }

    private func receive(_ signal: BusSignal) {
        switch signal {
        case .subscribed: onSubscribed()
        case .interrupted(let error):
            logger.debug("the bus is interrupted", metadata: ["error": "\(error)"])
        case .delivery(let delivery):
            delivery.acknowledge()
            if let identifier = delivery.messageID, publishedIDs.contains(identifier) { return }
            receive(delivery.body, delivery.headers)
        }
    }

    private func receive(_ body: [UInt8], _ headers: [String: String]) {
        do {
            receive(try ConfigEvent(json: body), headers)
        } catch {
            counters.count { $0.listening.poison += 1 }
            logger.debug("a message on the exchange is no event", metadata: ["error": "\(error)"])
        }
    }

    private func receive(_ event: ConfigEvent, _ headers: [String: String]) {
        guard epochs.isOwn(event.epoch) else {
            counters.count { $0.listening.foreignEvents += 1 }
            return
        }
        let entry = cache.entry(for: event.key)
        if let known = entry?.snapshot, known.record.version >= event.version { return }
        let isServed = entry?.provenAt.map { $0 + headLifetime > .now } ?? false
        guard isServed || hub.isWatched(event.key) else { return }
        counters.count { $0.listening.hints += 1 }
        if !headers.isEmpty { traces.note(headers, of: event.recordHash) }
        hints.hint(event.key, event.version)
    }
}
