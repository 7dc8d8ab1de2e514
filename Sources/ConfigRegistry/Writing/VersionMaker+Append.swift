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
        guard case .stored = outcome, try await isHidden([record], limits) else { return outcome }
        return .versionTaken
    }

    /// True when a version of a process that stood still for long has a number that was pruned meanwhile: it is not there.
    func isHidden(_ records: [VersionRecord], _ limits: WriteLimits) async throws(RegistryError) -> Bool {
        guard limits.arrival.duration(to: .now) > options.baseLifetime else { return false }
        return try await read { _ throws(StoreError) in
            let marks = try await store.marks.pruneMarks(of: records.map(\.key))
            return records.contains { $0.version <= marks[$0.key]?.through ?? 0 }
        }
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
