import AsyncSupport
import ConfigModel
import ConfigSignatures
import ConfigStore

extension VersionMaker {
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
        let outcome = try await append([record.key], changeID: record.changeID, limits) { store throws(StoreError) in
            try await store.append(record)
        }
        guard case .stored = outcome, let hidden = try await hidden(of: [record], limits) else { return outcome }
        return .changePruned(hidden)
    }

    /// The version of a process that stood still for long which has a number that was pruned meanwhile: it is not there.
    func hidden(of records: [VersionRecord], _ limits: WriteLimits) async throws(RegistryError) -> VersionIdentity? {
        guard limits.arrival.duration(to: .now) > options.baseLifetime else { return nil }
        return try await read { _ throws(StoreError) in
            let marks = try await store.marks.pruneMarks(of: records.map(\.key))
            return records.first { $0.version <= marks[$0.key]?.through ?? 0 }.map {
                VersionIdentity(key: $0.key, version: $0.version)
            }
        }
    }

    /// Why a change is not made again whose version is not kept any more.
    func refusal(
        of changeID: String, madeBy version: VersionIdentity
    ) async throws(RegistryError) -> RegistryError {
        let mark = try await read { _ throws(StoreError) in
            try await store.marks.pruneMarks(of: [version.key])[version.key]
        }
        return .changePruned(changeID: changeID, version, oldest: (mark?.through ?? version.version) + 1)
    }

    /// Appends, and appends the very same versions again while the outcome is unknown.
    func append<Outcome: Sendable>(
        _ keys: [DocumentKey], changeID: String, _ limits: WriteLimits,
        _ append: (any VersionStore) async throws(StoreError) -> Outcome
    ) async throws(RegistryError) -> Outcome {
        var pause = Backoff(from: .milliseconds(50), upTo: .milliseconds(500))
        var isUnknown = false
        while true {
            let error: StoreError
            do {
                return try await append(store)
            } catch let failure {
                error = failure
            }
            if case .unavailable = error, !isUnknown {
                isUnknown = true
                counters.count { $0.writes.unknownOutcomes += 1 }
                for key in keys { source.cache.doubt(key) }
            }
            guard isUnknown else { throw RegistryError(refusedAppend: error) }
            if case .closed = error { throw .outcomeUnknown("\(error)", changeID: changeID) }
            guard await limits.allow(pause.next()) else {
                throw .outcomeUnknown("\(error)", changeID: changeID)
            }
        }
    }

    /// Passes on a stored version: to the bus first, which is further away, then to those who read and watch here.
    func accept(_ head: HeadSnapshot, of draft: CheckedDraft, provenAt: ContinuousClock.Instant) {
        accept(head, provenAt: provenAt)
        guard !draft.overridden.isEmpty || !draft.warnings.isEmpty else { return }
        counters.count { $0.checks.note(overridden: draft.overridden, warnings: draft.warnings) }
    }

    private func accept(_ head: HeadSnapshot, provenAt: ContinuousClock.Instant) {
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
