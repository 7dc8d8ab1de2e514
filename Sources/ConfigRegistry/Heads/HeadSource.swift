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
    func heads(of keys: [DocumentKey], addsEntries: Bool = true) async throws(StoreError) -> [HeadSnapshot] {
        var heads: [HeadSnapshot] = []
        var rest = keys[...]
        while !rest.isEmpty {
            let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
            tally.count { $0.storeReads += 1 }
            for stored in try await store.heads(of: Array(rest.prefix(Self.pageSize))) {
                let snapshot = learn(
                    HeadSnapshot(stored.record, epoch: epoch), of: stored.record.key, provenAt: provenAt, epoch: epoch,
                    addsEntry: addsEntries)
                if let snapshot { heads.append(snapshot) }
            }
            rest = rest.dropFirst(Self.pageSize)
        }
        return heads
    }

    /// Reads the heads of a selection, tombstones included.
    func heads(_ filter: WatchFilter) async throws(StoreError) -> [HeadSnapshot] {
        var heads = try await self.heads(of: filter.documents, addsEntries: false)
        for query in filter.queries { heads += try await self.heads(query) }
        return heads
    }

    private func heads(_ query: HeadQuery) async throws(StoreError) -> [HeadSnapshot] {
        var heads: [HeadSnapshot] = []
        var query = query
        query.includesDeleted = true
        query.limit = Self.pageSize
        while true {
            let (epoch, provenAt) = (cache.epoch, ContinuousClock.now)
            tally.count { $0.storeReads += 1 }
            let page = try await store.heads(query)
            for stored in page {
                let snapshot = learn(
                    HeadSnapshot(stored.record, epoch: epoch), of: stored.record.key, provenAt: provenAt, epoch: epoch,
                    addsEntry: false)
                if let snapshot { heads.append(snapshot) }
            }
            guard page.count == Self.pageSize, let last = page.last else { return heads }
            query.after = last.record.key
        }
    }
}
