import ConfigModel
import EventBus
import Logging
import Synchronization
import Waiting

/// Finds stored versions that nobody announced, whoever stored them, and announces them.
///
/// Several registries may find the same; announcing a version twice is harmless.
final class Sweeper: Sendable {
    /// How many documents are worked on at a time.
    private static let window = 64
    /// How many versions one page may hold, however many of them are passed over.
    private static let largestPage = 10_000

    private let store: any VersionStore
    private let relay: Relay
    private let announcer: Announcer
    private let options: RegistryOptions
    private let tally: Tally
    private let logger: Logger
    private let backoff = Mutex(RowBackoff())
    private let wake = WakeSignal()

    init(store: any VersionStore, relay: Relay, announcer: Announcer, options: RegistryOptions, logger: Logger) {
        self.store = store
        self.relay = relay
        self.announcer = announcer
        self.options = options
        self.tally = announcer.tally
        self.logger = logger
    }

    /// Sweeps until cancelled: at once, from time to time, and whenever the bus is back.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await status in self.announcer.bus.statusUpdates where status == .connected { self.wake.signal() }
            }
            while !Task.isCancelled {
                if await sweep() { continue }
                await wake.wait(atMost: options.sweepPeriod * Double.random(in: 0.75...1.25))
            }
        }
    }

    /// Announces one page; true when there is more to be done at once.
    func sweep() async -> Bool {
        guard case .connected = await announcer.bus.status else { return false }
        tally.count { $0.sweeps += 1 }
        do {
            let limit = min(
                options.sweepLimit + backoff.withLock { $0.count } + relay.load.count, Self.largestPage)
            let page = try await store.unannounced(olderThan: options.sweepAge, limit: limit)
            let isFull = page.count >= limit
            if !isFull {
                let identities = Set(page.map(\.identity))
                backoff.withLock { $0.keep(identities) }
            }
            let announced = await announce(page.filter(isDue))
            guard !announced.isEmpty else { return false }
            try await store.markAnnounced(announced)
            return isFull
        } catch {
            logger.warning("Could not look for unannounced versions.", metadata: ["error": "\(error)"])
            return false
        }
    }

    private func isDue(_ stored: StoredVersion) -> Bool {
        !relay.holds(stored.identity) && !backoff.withLock { $0.isPausing(stored.identity, at: .now) }
    }

    /// Announces some versions, those of one document in order; answers those that the bus confirmed.
    private func announce(_ page: [StoredVersion]) async -> [VersionIdentity] {
        let documents = Dictionary(grouping: page.map(\.record), by: \.key).values
        return await withTaskGroup(of: Pass.self) { group in
            var all = Pass()
            for (position, records) in documents.enumerated() {
                if position >= Self.window, let pass = await group.next() { all.add(pass) }
                if all.isBusAway || Task.isCancelled { break }
                group.addTask { await self.announce(records) }
            }
            for await pass in group { all.add(pass) }
            return all.confirmed
        }
    }

    private func announce(_ records: [VersionRecord]) async -> Pass {
        var pass = Pass()
        for record in records {
            let snapshot = HeadSnapshot(record, epoch: record.epoch)
            do {
                try await announcer.announce(snapshot)
                pass.confirmed.append(snapshot.identity)
                backoff.withLock { $0.forget([snapshot.identity]) }
                tally.count { $0.swept += 1 }
            } catch {
                switch error.code {
                case .unavailable, .blocked, .closed:
                    pass.isBusAway = true
                    return pass
                case .refused, .timeout, .forbidden, .invalid:
                    backoff.withLock { $0.refused(snapshot.identity, at: .now) }
                    logger.warning(
                        "The bus does not take a version.",
                        metadata: ["document": "\(record.key)", "version": "\(record.version)", "error": "\(error)"])
                }
            }
        }
        return pass
    }
}

/// What came of announcing some versions.
private struct Pass {
    var confirmed: [VersionIdentity] = []
    var isBusAway = false

    mutating func add(_ other: Pass) {
        confirmed += other.confirmed
        isBusAway = isBusAway || other.isBusAway
    }
}

extension StoredVersion {
    fileprivate var identity: VersionIdentity { VersionIdentity(key: record.key, version: record.version) }
}
