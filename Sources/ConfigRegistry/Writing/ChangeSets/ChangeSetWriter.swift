import AsyncSupport
import ConfigModel
import ConfigStore

/// Makes the versions of change sets: one append each, which stores all members or none.
///
/// What a member comes to is decided as for a version alone. Beyond that nothing is stored as long as one member is refused,
/// and all refusals are found before one is answered.
struct ChangeSetWriter: Sendable {
    let maker: VersionMaker

    /// Makes the versions that a request describes.
    func write(_ set: ChangeSetRequest) async throws(RegistryError) -> PublishedSet {
        let limits = WriteLimits(arrival: .now, within: maker.options.requestDeadline)
        try set.check()
        try await maker.signing.admitWrite()
        let locked = set.keys.sorted()
        try await maker.acquire(locked, limits)
        defer { maker.release(locked) }
        // The members of a set are stored together: any of them tells.
        if set.origin.isChangeIDFromClient, let published = try await replay(of: set, seenAt: locked.prefix(1)) {
            return published
        }
        do throws(RegistryError) {
            return try await advance(set, from: try await originals(for: set), limits)
        } catch {
            // The identifier may have made a set of other members, or this one at another registry in between.
            guard set.origin.isChangeIDFromClient, case .changeSetRefused = error,
                let published = try await replay(of: set, seenAt: locked[...])
            else { throw error }
            return published
        }
    }

    /// Why members are refused on the heads of this moment; nothing is stored.
    ///
    /// For a set that cannot be made as it was sent, so that one answer names all that is wrong.
    func refusals(of set: ChangeSetRequest) async throws(RegistryError) -> [MemberRefusal] {
        guard !set.changes.isEmpty else { return [] }
        try set.check()
        let originals = try await originals(for: set)
        return try await draft(of: set, on: try await freshBases(for: set.keys), from: originals).refusals
    }

    /// Tries one state of all heads after the other until the set is stored, refused for good, or the time is over.
    private func advance(
        _ set: ChangeSetRequest, from originals: [Result<VersionRecord?, RegistryError>], _ limits: WriteLimits
    ) async throws(RegistryError) -> PublishedSet {
        var bases = try await bases(for: set.keys, limits)
        var pause = Backoff(from: .milliseconds(2), upTo: .milliseconds(100))
        var logged: Set<DocumentKey> = []
        while true {
            let draft = try await draft(of: set, on: bases, from: originals)
            guard draft.refusals.isEmpty else {
                if bases.allSatisfy(\.isProven) {
                    count(draft.refusals)
                    throw .changeSetRefused(draft.refusals, size: set.changes.count)
                }
                bases = try await freshBases(for: set.keys)
                continue
            }
            try draft.checkSize()
            for base in bases { try await maker.signing.admitVersion(after: base.head) }
            try await logOverrides(of: set, draft, &logged)
            let records = try signed(draft.members)
            let trace = maker.tracing.publication
            let heads = records.map { HeadSnapshot($0, epoch: draft.epoch, trace: trace) }
            let beganAt = ContinuousClock.now
            switch try await append(records, limits) {
            case .stored:
                for (head, member) in zip(heads, draft.members) { maker.accept(head, of: member, provenAt: beganAt) }
                for record in records { try await maker.putInForce(record, limits) }
                maker.counters.count { $0.changeSets += 1 }
                return PublishedSet(
                    draft.changeSet,
                    members: zip(records, draft.members).map {
                        Published(record: $0, isReplay: false, warnings: $1.warnings)
                    })
            case .changeExists(let existing):
                return try await replay(of: set, by: existing)
            case .changePruned(let version):
                throw try await maker.refusal(of: set.origin.changeID, madeBy: version)
            case .taken(let taken):
                maker.counters.count { $0.writes.conflicts += 1 }
                let fresh = try await freshBases(for: set.keys)
                // A number can be taken by a version that no majority holds yet, so that nothing has moved.
                let hasMoved = zip(fresh, bases).contains { $0.head?.version != $1.head?.version }
                guard await limits.allow(hasMoved ? .zero : pause.next()) else {
                    throw .conflictPersists(taken.first ?? set.keys[0], changeID: set.origin.changeID)
                }
                bases = fresh
            }
        }
    }

    /// Each member that lets findings pass is in the access log before it is stored, once.
    private func logOverrides(
        of set: ChangeSetRequest, _ draft: SetDraft, _ logged: inout Set<DocumentKey>
    ) async throws(RegistryError) {
        for (change, member) in zip(set.changes, draft.members) where !member.overridden.isEmpty {
            if logged.insert(change.key).inserted { try await maker.overrides.note(change, letting: member.overridden) }
        }
    }

    private func count(_ refusals: [MemberRefusal]) {
        for refusal in refusals {
            guard case .checksFailed(_, let findings) = refusal.error else { continue }
            maker.counters.count { $0.checks.note(findings, .refused) }
        }
    }

    private func signed(_ members: [CheckedDraft]) throws(RegistryError) -> [VersionRecord] {
        var records: [VersionRecord] = []
        for member in members { records.append(try maker.signed(member.record)) }
        return records
    }

    private func append(
        _ records: [VersionRecord], _ limits: WriteLimits
    ) async throws(RegistryError) -> SetAppendOutcome {
        let outcome = try await maker.append(records.map(\.key), changeID: records[0].changeID, limits) {
            store throws(StoreError) in try await store.append(records)
        }
        guard case .stored = outcome, let hidden = try await maker.hidden(of: records, limits) else { return outcome }
        return .changePruned(hidden)
    }
}
