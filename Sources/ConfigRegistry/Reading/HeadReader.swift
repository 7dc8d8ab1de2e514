import AsyncSupport
import ConfigModel
import ConfigStore

/// Heads from memory and from the store. Whatever is read goes into the cache and to those who watch.
final class HeadReader: Sendable {
    let cache: HeadCache
    private let source: HeadSource
    private let lifetime: Duration
    /// From this age on a head that is wanted is read ahead.
    private let renewalAge: Duration
    private let counters: Counters<RegistryCounters>
    private let documents: SingleFlight<DocumentKey, HeadSnapshot?, StoreError>
    private let selections: SingleFlight<WatchFilter, FoundHeads, StoreError>

    init(source: HeadSource, lifetime: Duration, counters: Counters<RegistryCounters>) {
        self.cache = source.cache
        self.source = source
        self.lifetime = lifetime
        renewalAge = lifetime * 3 / 4
        self.counters = counters
        documents = SingleFlight { key throws(StoreError) in try await source.head(of: key) }
        selections = SingleFlight { filter throws(StoreError) in
            try await source.heads(filter, maximumBytes: source.pageBytes)
        }
    }

    /// A living head that may be served without reading the store.
    func cached(_ key: DocumentKey) -> HeadSnapshot? {
        guard let entry = cache.entry(for: key), let provenAt = entry.provenAt, let snapshot = entry.snapshot,
            !snapshot.record.isTombstone
        else { return nil }
        let age = ContinuousClock.now - provenAt
        guard age < lifetime else { return nil }
        // What is read all the time is read ahead, so that no caller has to wait when its proof gets too old.
        if age > renewalAge { documents.refresh(key) }
        return snapshot
    }

    /// The head. That there is none, or only a tombstone, comes from a read that began after the call.
    func current(_ key: DocumentKey) async throws(StoreError) -> HeadSnapshot? {
        if let snapshot = cached(key) {
            counters.count { $0.reads.cacheHits += 1 }
            return snapshot
        }
        counters.count { $0.reads.cacheMisses += 1 }
        let arrival = ContinuousClock.now
        let reading = try await documents.value(for: key, joinsRunning: true)
        if reading.beganAt >= arrival { return reading.value }
        if let snapshot = reading.value, !snapshot.record.isTombstone, reading.beganAt + lifetime > .now {
            return snapshot
        }
        return try await fresh(key)
    }

    /// The head as a read shows that began after the call.
    func fresh(_ key: DocumentKey) async throws(StoreError) -> HeadSnapshot? {
        try await documents.value(for: key, joinsRunning: false).value
    }

    /// The heads of some documents as reads show that began after the call; those that never existed are absent.
    func fresh(_ keys: [DocumentKey]) async throws(StoreError) -> [DocumentKey: Result<HeadSnapshot, DamagedVersion>] {
        let reading = try await source.heads(of: keys)
        var heads: [DocumentKey: Result<HeadSnapshot, DamagedVersion>] = [:]
        for head in reading.snapshots { heads[head.key] = .success(head) }
        for version in reading.damaged { if let key = version.key { heads[key] = .failure(version) } }
        return heads
    }

    /// The heads of a selection as a read shows that began after the call, and the moment before it.
    func fresh(
        _ filter: WatchFilter
    ) async throws(StoreError) -> (reading: FoundHeads, provenAt: ContinuousClock.Instant) {
        // Many who watch the same document share one read of it, whatever they call it.
        guard let key = filter.singleDocument else {
            let reading = try await selections.value(for: filter, joinsRunning: false)
            return (reading.value, reading.beganAt)
        }
        let began = ContinuousClock.now
        do {
            let reading = try await documents.value(for: key, joinsRunning: false)
            return (FoundHeads(reading.value.map { [$0] } ?? []), reading.beganAt)
        } catch {
            guard case .damaged(let version) = error else { throw error }
            return (FoundHeads(damaged: [version]), began)
        }
    }
}
