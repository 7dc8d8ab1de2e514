import AsyncSupport
import ConfigModel
import ConfigStore

/// Reads heads from the store and passes on what it learns: to the cache, and to those who watch.
struct HeadSource: Sendable {
    /// How many documents one page of a selection may have.
    private static let pageSize = 500

    let store: any VersionReading
    let cache: HeadCache
    let hub: WatchHub
    let counters: Counters<RegistryCounters>
    /// How much content one page of a selection has.
    let pageBytes: Int
    /// The traces of versions that others announced.
    var traces = AnnouncedTraces()

    /// Takes in a head that was proven at some moment; returns the newest that is known.
    @discardableResult
    func learn(
        _ head: HeadSnapshot?, of key: DocumentKey, provenAt: ContinuousClock.Instant, epoch: Epoch,
        addsEntry: Bool = true
    ) -> HeadSnapshot? {
        let snapshot = cache.learn(head, of: key, provenAt: provenAt, epoch: epoch, addsEntry: addsEntry)
        if let snapshot { hub.publish(snapshot) }
        return snapshot
    }

    /// Reads one head.
    func head(of key: DocumentKey) async throws(StoreError) -> HeadSnapshot? {
        let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
        counters.count { $0.reads.storeReads += 1 }
        let stored = try await store.head(of: key)
        return learn(
            stored.map { snapshot(of: $0.record, epoch) }, of: key, provenAt: provenAt, epoch: epoch)
    }

    /// Reads the heads of some documents.
    ///
    /// - Parameter maximumBytes: how much content is kept; all heads are learned, a few at a time. Without it they are read
    ///   together, and there must not be many.
    func heads(
        of keys: [DocumentKey], addsEntries: Bool = true, maximumBytes: Int = .max
    ) async throws(StoreError) -> FoundHeads {
        var reading = FoundHeads(maximumBytes: maximumBytes)
        try await read(keys, together: maximumBytes == .max, addsEntries: addsEntries, into: &reading)
        return reading
    }

    /// Reads the heads of a selection, tombstones included, page by page.
    func heads(_ filter: WatchFilter, maximumBytes: Int) async throws(StoreError) -> FoundHeads {
        var reading = FoundHeads(maximumBytes: maximumBytes)
        try await read(filter.documents, together: false, addsEntries: false, into: &reading)
        for query in filter.queries { try await read(query, into: &reading) }
        return reading
    }

    private func read(
        _ keys: [DocumentKey], together: Bool, addsEntries: Bool, into reading: inout FoundHeads
    ) async throws(StoreError) {
        var rest = keys[...]
        var pieceSize = PieceSize()
        while !rest.isEmpty {
            let piece = rest.prefix(together ? rest.count : pieceSize.count)
            rest = rest.dropFirst(piece.count)
            let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
            counters.count { $0.reads.storeReads += 1 }
            let page = try await store.heads(of: Array(piece))
            pieceSize.adapt(to: page)
            learn(page, provenAt: provenAt, epoch: epoch, addsEntries: addsEntries, into: &reading)
        }
    }

    private func read(_ query: HeadQuery, into reading: inout FoundHeads) async throws(StoreError) {
        var query = query
        query.includesDeleted = true
        query.limit = Self.pageSize
        query.maximumBytes = pageBytes
        while true {
            let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
            counters.count { $0.reads.storeReads += 1 }
            let page = try await store.heads(query)
            learn(page, provenAt: provenAt, epoch: epoch, addsEntries: false, into: &reading)
            guard let next = query.next(after: page) else { return }
            query = next
        }
    }

    private func snapshot(of record: VersionRecord, _ epoch: Epoch) -> HeadSnapshot {
        HeadSnapshot(record, epoch: epoch, trace: traces.trace(of: record))
    }

    private func learn(
        _ page: VersionPage, provenAt: ContinuousClock.Instant, epoch: Epoch, addsEntries: Bool,
        into reading: inout FoundHeads
    ) {
        let heads = page.compactMap { stored in
            learn(
                snapshot(of: stored.record, epoch), of: stored.record.key, provenAt: provenAt, epoch: epoch,
                addsEntry: addsEntries)
        }
        reading.append(heads, damaged: page.damaged)
    }
}
