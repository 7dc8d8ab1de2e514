import ConfigModel

/// Reads heads from the store and passes on what it learns: to the cache, and to those who watch.
struct HeadSource: Sendable {
    /// How many documents one read of the store asks for.
    private static let pageSize = 500

    let store: any VersionStore
    let cache: HeadCache
    let hub: WatchHub
    let tally: Tally

    /// Takes in a head that was proven at some moment; answers the newest that is known.
    @discardableResult
    func learn(
        _ head: HeadSnapshot?, of key: DocumentKey, provenAt: ContinuousClock.Instant, epoch: Epoch,
        addsEntry: Bool = true
    ) -> HeadSnapshot? {
        let snapshot = cache.learn(head, of: key, provenAt: provenAt, epoch: epoch, addsEntry: addsEntry)
        if let snapshot { hub.note(snapshot) }
        return snapshot
    }

    /// Reads one head.
    func head(of key: DocumentKey) async throws(StoreError) -> HeadSnapshot? {
        let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
        tally.count { $0.storeReads += 1 }
        let stored = try await store.head(of: key)
        return learn(
            stored.map { HeadSnapshot($0.record, epoch: epoch) }, of: key, provenAt: provenAt, epoch: epoch)
    }

    /// Reads the heads of some documents.
    func heads(of keys: [DocumentKey], addsEntries: Bool = true) async throws(StoreError) -> HeadReading {
        var reading = HeadReading()
        var rest = keys[...]
        while !rest.isEmpty {
            let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
            tally.count { $0.storeReads += 1 }
            let page = try await store.heads(of: Array(rest.prefix(Self.pageSize)))
            reading.append(learn(page, provenAt: provenAt, epoch: epoch, addsEntries: addsEntries))
            rest = rest.dropFirst(Self.pageSize)
        }
        return reading
    }

    /// Reads the heads of a selection, tombstones included.
    func heads(_ filter: WatchFilter) async throws(StoreError) -> HeadReading {
        var reading = try await self.heads(of: filter.documents, addsEntries: false)
        for query in filter.queries { reading.append(try await self.heads(query)) }
        return reading
    }

    private func heads(_ query: HeadQuery) async throws(StoreError) -> HeadReading {
        var reading = HeadReading()
        var query = query
        query.includesDeleted = true
        query.limit = Self.pageSize
        while true {
            let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
            tally.count { $0.storeReads += 1 }
            let page = try await store.heads(query)
            reading.append(learn(page, provenAt: provenAt, epoch: epoch, addsEntries: false))
            guard let next = query.next(after: page) else { return reading }
            query = next
        }
    }

    private func learn(
        _ page: VersionPage, provenAt: ContinuousClock.Instant, epoch: Epoch, addsEntries: Bool
    ) -> HeadReading {
        HeadReading(
            heads: page.compactMap { stored in
                learn(
                    HeadSnapshot(stored.record, epoch: epoch), of: stored.record.key, provenAt: provenAt, epoch: epoch,
                    addsEntry: addsEntries)
            }, damaged: page.damaged)
    }
}
