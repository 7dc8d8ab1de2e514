import ChangeChecks
import ConfigModel
import ConfigStore

/// The head that a write builds on.
struct WriteBase {
    let head: WriteHead?
    /// True when it was proven after the request came in, so that a refusal may rest on it.
    let isProven: Bool
}

/// A version that passed the checks, unsigned.
struct CheckedDraft {
    let record: VersionRecord
    /// What its author should know.
    let warnings: [CheckFinding]
}

extension VersionWriter {
    /// The unsigned version that the request makes on this head, checked; nil when that is nothing, which counts, as a
    /// refusal does, only if the head is proven.
    func draft(
        for request: ChangeRequest, on base: WriteBase, epoch: Epoch, restored: VersionRecord?
    ) async throws(RegistryError) -> CheckedDraft? {
        do {
            guard let draft = try await request.draft(on: base.head, epoch: epoch, restored: restored) else {
                return nil
            }
            return try await checked(draft, for: request, after: base.head, epoch: epoch)
        } catch {
            // What costs too much on this head is not tried once more on a newer one.
            if case .tooMuchWork = error { throw error }
            guard base.isProven else { return nil }
            throw error
        }
    }

    /// The record that a draft becomes. It names the overrides that were needed and given, and no others.
    ///
    /// - Throws: `.checksFailed` with all findings that are not overridden, of all checks together.
    private func checked(
        _ draft: VersionDraft, for request: ChangeRequest, after head: WriteHead?, epoch: Epoch
    ) async throws(RegistryError) -> CheckedDraft {
        let now = options.now()
        let record = draft.record(for: request, after: head, epoch: epoch, now: now)
        let report = try await checks.report(on: record, after: head?.readable)
        let overrides = request.origin.overrides
        let refused = report.findings.filter { !overrides.cover($0) }
        guard refused.isEmpty else { throw .checksFailed(record.key, refused) }
        guard let overridden = CheckOverrides.recorded(of: report.findings) else {
            return CheckedDraft(record: record, warnings: report.warnings)
        }
        return CheckedDraft(
            record: draft.record(for: request, after: head, epoch: epoch, now: now, overrides: overridden),
            warnings: report.warnings)
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
