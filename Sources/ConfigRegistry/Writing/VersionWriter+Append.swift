import AsyncSupport
import ConfigModel
import ConfigStore

extension VersionWriter {
    func signed(_ record: VersionRecord) throws(RegistryError) -> VersionRecord {
        guard let signer else { return record }
        do {
            return record.signed(try signer.sign(record))
        } catch {
            throw .unavailable("\(error) Nothing was stored.")
        }
    }

    /// Appends, and appends the very same record again while the outcome is unknown.
    func append(_ record: VersionRecord, _ limits: WriteLimits) async throws(RegistryError) -> AppendOutcome {
        var pause = Backoff(from: .milliseconds(50), upTo: .milliseconds(500))
        var isUnknown = false
        while true {
            let error: StoreError
            do {
                return try await store.append(record)
            } catch let failure {
                error = failure
            }
            if case .unavailable = error, !isUnknown {
                isUnknown = true
                counters.count { $0.writes.unknownOutcomes += 1 }
                source.cache.doubt(record.key)
            }
            guard isUnknown else { throw RegistryError(refusedAppend: error) }
            if case .closed = error { throw .outcomeUnknown("\(error)", changeID: record.changeID) }
            guard await limits.allow(pause.next()) else {
                throw .outcomeUnknown("\(error)", changeID: record.changeID)
            }
        }
    }

    /// Passes on a stored version: to the bus first, which is further away, then to those who read and watch here.
    func accept(_ head: HeadSnapshot, provenAt: ContinuousClock.Instant) {
        relay.offer(head)
        source.learn(head, of: head.key, provenAt: provenAt, epoch: head.epoch)
        guard !head.key.isReserved else { return }
        counters.count { counters in
            switch head.record.changeType {
            case .created: counters.configsCreated += 1
            case .updated: counters.configsUpdated += 1
            case .deleted: counters.configsDeleted += 1
            }
        }
    }
}
