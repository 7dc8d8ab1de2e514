import AsyncSupport
import ConfigModel
import ConfigStore
import EventBus
import Logging
import Synchronization

/// Finds stored versions that are not announced, of every registry, and announces them when it has seen them for a while.
/// The time at which they were stored plays no part: the clock may have been wrong.
///
/// Several registries may find the same; announcing a version twice is harmless.
final class Sweeper: Sendable {
    /// How many versions one page may hold, however many of them are passed over.
    private static let largestPage = 10_000

    private let store: DamageRecordingStore
    private let relay: Relay
    private let announcer: Announcer
    private let damage: DamageBook
    private let options: RegistryOptions
    private let counters: Counters<RegistryCounters>
    private let logger: Logger
    private let sightings = Mutex(Sightings())
    private let backoff = Mutex(RowBackoff())
    private let wake = WakeSignal()

    init(
        store: DamageRecordingStore, relay: Relay, announcer: Announcer, damage: DamageBook, options: RegistryOptions,
        logger: Logger
    ) {
        self.store = store
        self.relay = relay
        self.announcer = announcer
        self.damage = damage
        self.options = options
        self.counters = announcer.counters
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

    /// When the sweeper first saw the oldest version that waits for its announcement; nil when none does.
    var oldestSeen: ContinuousClock.Instant? { sightings.withLock { $0.oldest } }

    /// Looks, and announces one page; true when there is more to be done at once.
    func sweep() async -> Bool {
        counters.count { $0.announcing.sweeps += 1 }
        do {
            let passedOver = backoff.withLock { $0.count } + relay.load.count + damage.unannouncedCount
            let limit = min(options.sweepLimit + passedOver, Self.largestPage)
            let page = try await store.unannounced(limit: limit)
            let due = due(of: page, isWhole: page.rowCount < limit)
            guard case .connected = await announcer.bus.status else { return false }
            let announced = await announce(due)
            guard !announced.isEmpty else { return false }
            try await store.markAnnounced(announced)
            return page.rowCount >= limit
        } catch {
            logger.warning("could not look for unannounced versions", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Those whose time has come. What is damaged is never announced.
    ///
    /// - Parameter isWhole: whether the page holds everything that is not announced.
    private func due(of page: UnannouncedVersions, isWhole: Bool) -> [VersionIdentity] {
        let damaged = damage.known(among: page.versions)
        damage.unannouncedCount = page.damaged.count + damaged.count
        if isWhole { backoff.withLock { $0.keep(Set(page.versions)) } }
        let now = ContinuousClock.now
        let old = sightings.withLock {
            $0.seen(page.versions.filter { !damaged.contains($0) }, for: options.sweepAge, at: now)
        }
        return old.filter { version in
            !relay.holds(version) && !backoff.withLock { $0.isPausing(version, at: now) }
        }
    }

    /// Announces some versions, those of one document in order; returns those that the bus confirmed. Only one piece of them
    /// is in memory at a time.
    private func announce(_ versions: [VersionIdentity]) async -> [VersionIdentity] {
        let documents = Dictionary(grouping: versions, by: \.key).values
        var rest = documents.flatMap { $0.sorted { $0.version < $1.version } }[...]
        var pieceSize = PieceSize()
        var all = Pass()
        while !rest.isEmpty, !all.isStopped, !Task.isCancelled {
            let piece = rest.prefix(pieceSize.count)
            rest = rest.dropFirst(piece.count)
            do {
                let page = try await store.versions(Array(piece))
                pieceSize.adapt(to: page)
                all.add(await announce(page))
                all.confirmed += try await pruned(piece, beside: page)
            } catch {
                logger.warning("could not read unannounced versions", metadata: ["error": "\(error)"])
                all.isStopped = true
            }
        }
        return all.confirmed
    }

    /// Versions that were stored behind the mark of their document, by a registry that stood still for long: there is nothing to
    /// announce, now or later.
    private func pruned(
        _ versions: ArraySlice<VersionIdentity>, beside page: VersionPage
    ) async throws(StoreError) -> [VersionIdentity] {
        guard page.rowCount < versions.count else { return [] }
        let marks = try await store.marks.pruneMarks(of: Array(Set(versions.map(\.key))))
        return versions.filter { $0.version <= marks[$0.key]?.through ?? 0 }
    }

    /// Announces what was read, all documents at the same time.
    private func announce(_ page: VersionPage) async -> Pass {
        let documents = Dictionary(grouping: page.map(\.record), by: \.key).values
        return await withTaskGroup(of: Pass.self) { group in
            for records in documents {
                group.addTask {
                    var pass = Pass()
                    await self.announce(records.sorted { $0.version < $1.version }, &pass)
                    return pass
                }
            }
            var all = Pass()
            for await pass in group { all.add(pass) }
            return all
        }
    }

    private func announce(_ records: [VersionRecord], _ pass: inout Pass) async {
        for record in records {
            let snapshot = HeadSnapshot(record, epoch: record.epoch)
            do {
                try await announcer.announce(snapshot)
                pass.confirmed.append(snapshot.identity)
                backoff.withLock { $0.forget([snapshot.identity]) }
                counters.count { $0.announcing.swept += 1 }
            } catch {
                switch error.code {
                case .unavailable, .blocked, .closed:
                    pass.isStopped = true
                    return
                case .refused, .timeout, .forbidden, .bindingRefused, .missing, .invalid:
                    backoff.withLock { $0.refused(snapshot.identity, at: .now) }
                    logger.warning(
                        "the bus does not take a version",
                        metadata: ["document": "\(record.key)", "version": "\(record.version)", "error": "\(error)"])
                }
            }
        }
    }
}

/// What came of announcing some versions.
private struct Pass {
    var confirmed: [VersionIdentity] = []
    /// Bus or store do not answer, so that there is no use in going on.
    var isStopped = false

    mutating func add(_ other: Pass) {
        confirmed += other.confirmed
        isStopped = isStopped || other.isStopped
    }
}
