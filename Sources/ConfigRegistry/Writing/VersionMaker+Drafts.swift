import ChangeChecks
import ConfigModel
import ConfigStore

/// What all versions have in common that are made at once.
struct DraftMoment {
    let epoch: Epoch
    let time: Timestamp
    /// What they are published as, when it is not a version alone.
    var changeSet: ChangeSet?
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

extension VersionMaker {
    /// Now, in the store's present epoch.
    var moment: DraftMoment { DraftMoment(epoch: source.cache.epoch, time: options.now()) }

    /// The unsigned version that the request makes behind this head, and what all checks say about it; nil when there is
    /// nothing to do.
    ///
    /// - Throws: a refusal for another reason than the checks, which is final only if the head is.
    func draft(
        for request: ChangeRequest, after head: WriteHead?, at moment: DraftMoment, from original: VersionRecord?
    ) async throws(RegistryError) -> CheckedDraft? {
        guard let draft = try await request.draft(on: head, epoch: moment.epoch, original: original) else { return nil }
        return try await checked(draft, for: request, after: head, at: moment)
    }

    /// The record that a draft becomes, and what all checks say about it. It names the overrides that were needed and given,
    /// and no others.
    ///
    /// - Parameter companions: what is to be stored together with it.
    func checked(
        _ draft: VersionDraft, for request: ChangeRequest, after head: WriteHead?, at moment: DraftMoment,
        among companions: CompanionDrafts = .none
    ) async throws(RegistryError) -> CheckedDraft {
        var record = draft.record(for: request, after: head, at: moment)
        let report = try await checks.report(on: record, after: head?.readable, among: companions)
        let overridden = report.findings.filter(request.origin.overrides.cover)
        if let names = CheckOverrides.recorded(of: overridden) {
            record = draft.record(for: request, after: head, at: moment, overrides: names)
        }
        return CheckedDraft(
            record: record, refused: report.findings.filter { !request.origin.overrides.cover($0) },
            overridden: overridden, warnings: report.warnings)
    }

    /// The head from memory, if it was proven not too long ago; nil when a read has to show it.
    func rememberedBase(for key: DocumentKey, _ limits: WriteLimits) -> WriteBase? {
        guard let entry = source.cache.entry(for: key), let provenAt = entry.provenAt,
            provenAt >= limits.arrival - options.baseLifetime
        else { return nil }
        return WriteBase(
            head: entry.snapshot.map { .whole($0.record) }, isProven: provenAt >= limits.arrival)
    }

    /// The head as a read shows that begins now.
    func freshBase(for key: DocumentKey) async throws(RegistryError) -> WriteBase {
        do {
            return WriteBase(head: try await reader.fresh(key).map { .whole($0.record) }, isProven: true)
        } catch {
            guard case .damaged(let version) = error else { throw RegistryError(reading: error) }
            return WriteBase(head: .damaged(try DamagedHead(version)), isProven: true)
        }
    }
}
