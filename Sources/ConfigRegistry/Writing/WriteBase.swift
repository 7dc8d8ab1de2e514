import AsyncSupport
import ChangeChecks
import ConfigModel
import ConfigStore

/// The head that a write builds on.
struct WriteBase {
    let head: WriteHead?
    /// True when it was proven after the request came in, so that a refusal may rest on it.
    let isProven: Bool
}

/// A version that was checked, unsigned.
struct CheckedDraft {
    let record: VersionRecord
    /// What refuses it: found, and not overridden.
    let refused: [CheckFinding]
    /// What was found and is let pass.
    let overridden: [CheckFinding]
    /// What its author should know.
    let warnings: [CheckFinding]
}

extension VersionWriter {
    /// The unsigned version that the request makes on this head, checked; nil when that is nothing, which counts, as a
    /// refusal does, only if the head is proven.
    func draft(
        for request: ChangeRequest, on base: WriteBase, epoch: Epoch, from original: VersionRecord?
    ) async throws(RegistryError) -> CheckedDraft? {
        do throws(RegistryError) {
            let draft = try await checkedDraft(for: request, on: base, epoch: epoch, from: original)
            if let draft, !draft.refused.isEmpty {
                if base.isProven { counters.count { $0.checks.note(draft.refused, .refused) } }
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

    /// The unsigned version and what all checks say about it; nil when the request makes none. It names the overrides that
    /// were needed and given, and no others.
    func checkedDraft(
        for request: ChangeRequest, on base: WriteBase, epoch: Epoch, from original: VersionRecord?
    ) async throws(RegistryError) -> CheckedDraft? {
        guard let draft = try await request.draft(on: base.head, epoch: epoch, original: original) else { return nil }
        let now = options.now()
        var record = draft.record(for: request, after: base.head, epoch: epoch, now: now)
        let report = try await checks.report(on: record, after: base.head?.readable)
        let overridden = report.findings.filter(request.origin.overrides.cover)
        if let names = CheckOverrides.recorded(of: overridden) {
            record = draft.record(for: request, after: base.head, epoch: epoch, now: now, overrides: names)
        }
        return CheckedDraft(
            record: record, refused: report.findings.filter { !request.origin.overrides.cover($0) },
            overridden: overridden, warnings: report.warnings)
    }

    /// The head from memory, however old, or from the store.
    func base(for key: DocumentKey, _ limits: WriteLimits) async throws(RegistryError) -> WriteBase {
        guard let entry = source.cache.entry(for: key), let provenAt = entry.provenAt else {
            return try await freshBase(for: key)
        }
        return WriteBase(
            head: entry.snapshot.map { .whole($0.record) }, isProven: provenAt >= limits.arrival)
    }

    func freshBase(for key: DocumentKey) async throws(RegistryError) -> WriteBase {
        do {
            return WriteBase(head: try await reader.fresh(key).map { .whole($0.record) }, isProven: true)
        } catch {
            guard case .damaged(let version) = error else { throw RegistryError(reading: error) }
            return WriteBase(head: .damaged(try DamagedHead(version)), isProven: true)
        }
    }
}
