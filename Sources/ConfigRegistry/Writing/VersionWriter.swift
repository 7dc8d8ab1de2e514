import AsyncSupport
import ConfigModel
import ConfigStore

/// Makes versions: one insert each, whose unique number is the compare-and-set.
///
/// The head in memory only proposes the number. Whatever is wrong about it shows when the insert is refused, and no
/// request is refused before the store was read for it.
struct VersionWriter: Sendable {
    let maker: VersionMaker

    /// Makes the version that a request describes; nil when there is nothing to do.
    func write(_ request: ChangeRequest) async throws(RegistryError) -> Published? {
        let limits = WriteLimits(arrival: .now, within: maker.options.requestDeadline)
        try request.origin.check()
        try await maker.signing.admitWrite()
        try await maker.acquire([request.key], limits)
        defer { maker.release([request.key]) }
        if request.needsLookUp, let published = try await replay(of: request) { return published }
        let original = try await maker.original(for: request)
        do throws(RegistryError) {
            return try await advance(request, from: original, limits)
        } catch {
            // The same request may have been stored before, without a look-up or since it: its own success must not come
            // back as a refusal.
            guard request.origin.isChangeIDFromClient, error.isAboutTheHead,
                let published = try await replay(of: request)
            else { throw error }
            return published
        }
    }

    /// What the same request made before; nil when its change identifier is new.
    private func replay(of request: ChangeRequest) async throws(RegistryError) -> Published? {
        guard let record = try await maker.change(request.origin.changeID, of: request.key) else { return nil }
        return try await maker.replay(of: request, by: record)
    }

    /// Tries one head after the other until a version is stored, refused for good, or the time is over.
    private func advance(
        _ request: ChangeRequest, from original: VersionRecord?, _ limits: WriteLimits
    ) async throws(RegistryError) -> Published? {
        var base = try await base(for: request.key, limits)
        var pause = Backoff(from: .milliseconds(2), upTo: .milliseconds(100))
        var isOverrideLogged = false
        while true {
            let moment = maker.moment
            guard let draft = try await draft(for: request, on: base, at: moment, from: original) else {
                if base.isProven { return nil }
                base = try await maker.freshBase(for: request.key)
                continue
            }
            try await maker.signing.admitVersion(after: base.head)
            if !draft.overridden.isEmpty, !isOverrideLogged {
                // A repetition overrides nothing once more.
                if request.origin.isChangeIDFromClient, let published = try await replay(of: request) {
                    return published
                }
                try await maker.overrides.note(request, letting: draft.overridden)
                isOverrideLogged = true
            }
            let record = try maker.signed(draft.record)
            let head = HeadSnapshot(record, epoch: moment.epoch, trace: maker.tracing.publication)
            let beganAt = ContinuousClock.now
            switch try await maker.append(record, limits) {
            case .stored:
                maker.accept(head, of: draft, provenAt: beganAt)
                try await maker.putInForce(record, limits)
                return Published(record: record, isReplay: false, warnings: draft.warnings)
            case .changeExists(let existing):
                return try await maker.replay(of: request, by: existing)
            case .changePruned(let version):
                throw try await maker.refusal(of: request.origin.changeID, madeBy: version)
            case .versionTaken:
                maker.counters.count { $0.writes.conflicts += 1 }
                let head = try await maker.freshBase(for: request.key)
                // A number can be taken by a version that no majority holds yet, so that nothing has moved.
                let hasMoved = head.head?.version != base.head?.version
                guard await limits.allow(hasMoved ? .zero : pause.next()) else {
                    throw .conflictPersists(request.key, changeID: request.origin.changeID)
                }
                base = head
            }
        }
    }

    /// The head from memory, however old, or from the store.
    private func base(for key: DocumentKey, _ limits: WriteLimits) async throws(RegistryError) -> WriteBase {
        if let base = maker.rememberedBase(for: key, limits) { return base }
        return try await maker.freshBase(for: key)
    }

    /// The draft on this head; nil when that is nothing, which counts, as a refusal does, only if the head is proven.
    private func draft(
        for request: ChangeRequest, on base: WriteBase, at moment: DraftMoment, from original: VersionRecord?
    ) async throws(RegistryError) -> CheckedDraft? {
        do throws(RegistryError) {
            let draft = try await maker.draft(for: request, after: base.head, at: moment, from: original)
            if let draft, !draft.refused.isEmpty {
                if base.isProven { maker.counters.count { $0.checks.note(draft.refused, .refused) } }
                throw .checksFailed(request.key, draft.refused)
            }
            return draft
        } catch {
            // What costs too much on this head is not tried once more on a newer one.
            if case .tooMuchWork = error { throw error }
            guard base.isProven else { return nil }
            throw error
        }
    }
}
