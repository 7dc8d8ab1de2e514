import AsyncSupport
package import ConfigModel
import ConfigStore

extension Registry {
    /// The head when it can be served at once from memory: living, proven within the head lifetime, and as the options
    /// require.
    package func cachedHead(of key: DocumentKey, _ options: HeadOptions = HeadOptions()) -> HeadSnapshot? {
        guard !options.isFresh, let snapshot = reader.cached(key) else { return nil }
        if let requested = options.epoch, requested != snapshot.epoch { return nil }
        if let minimum = options.minimumVersion, snapshot.record.version < minimum { return nil }
        numbers.count { counters in
            counters.reads.cacheHits += 1
            counters.configsRetrieved += 1
        }
        return snapshot
    }

    /// The head, a tombstone perhaps; nil when the document never existed. Both of these only after a read of the store
    /// that began after the call.
    package func head(
        of key: DocumentKey, _ options: HeadOptions = HeadOptions()
    ) async throws(RegistryError) -> HeadSnapshot? {
        do {
            let minimum = try await minimumVersion(options)
            // The cache has it then.
            let fresh = options.isFresh ? try await reader.fresh(key) : nil
            let head =
                if let minimum {
                    try await self.head(of: key, minimum: minimum)
                } else if options.isFresh {
                    fresh
                } else {
                    try await reader.current(key)
                }
            return retrieved(head)
        } catch let error as StoreError {
            throw RegistryError(reading: error)
        } catch let error as RegistryError {
            throw error
        } catch {
            throw .unavailable("\(error)")
        }
    }

    /// The head as soon as its `ETag` differs from the given one, or as it is when the time is over.
    package func head(
        of key: DocumentKey, changedFrom etag: String, within wait: Duration
    ) async throws(RegistryError) -> HeadSnapshot? {
        do {
            return retrieved(try await waiter.head(of: key, within: wait) { $0?.etag != etag })
        } catch {
            throw RegistryError(reading: error)
        }
    }

    private var waiter: HeadWaiter { HeadWaiter(reader: reader, hub: hub) }

    func retrieved(_ head: HeadSnapshot?) -> HeadSnapshot? {
        if let head, !head.record.isTombstone { numbers.count { $0.configsRetrieved += 1 } }
        return head
    }

    /// The minimum that counts in the present epoch. A greater epoch than ours may be one that we have not read yet.
    func minimumVersion(_ options: HeadOptions) async throws -> Int64? {
        guard let requested = options.epoch, requested != epoch else { return options.minimumVersion }
        if requested.number >= epoch.number {
            try await epochs.refreshSoon()
            if requested == epoch { return options.minimumVersion }
            if requested.number >= epoch.number {
                throw RegistryError.foreignEpoch(requested: requested, current: epoch)
            }
        }
        return nil
    }

    private func head(of key: DocumentKey, minimum: Int64) async throws -> HeadSnapshot? {
        func isReached(_ head: HeadSnapshot?) -> Bool { head?.record.version ?? 0 >= minimum }
        if let head = reader.cached(key), isReached(head) {
            numbers.count { $0.reads.cacheHits += 1 }
            return head
        }
        let reach = options.minimumVersionReach
        let head = try await waiter.head(
            of: key, within: options.minimumVersionWait, isWanted: isReached,
            isWorthWaiting: { minimum - ($0?.record.version ?? 0) <= reach })
        // That there is no document is known of the store, like any other refusal.
        guard isReached(head) || head == nil else {
            throw RegistryError.behind(key, minimum: minimum, head: head?.record.version)
        }
        return head
    }
}
