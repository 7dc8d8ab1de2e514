import ConfigModel
import ConfigStore

/// The head that a write builds on.
struct WriteBase {
    let head: WriteHead?
    /// True when it was proven after the request came in, so that a refusal may rest on it.
    let isProven: Bool
}

extension VersionWriter {
    /// The unsigned version that the request makes on this head, checked; nil when that is nothing, which counts, as a
    /// refusal does, only if the head is proven.
    func draft(
        for request: ChangeRequest, on base: WriteBase, epoch: Epoch, restored: VersionRecord?
    ) async throws(RegistryError) -> VersionRecord? {
        do {
            guard let draft = try await request.draft(on: base.head, epoch: epoch, restored: restored) else {
                return nil
            }
            let record = draft.record(for: request, after: base.head, epoch: epoch, now: options.now())
            try await check(record, after: base.head)
            return record
        } catch {
            // What costs too much on this head is not tried once more on a newer one.
            if case .tooMuchWork = error { throw error }
            guard base.isProven else { return nil }
            throw error
        }
    }

    /// - Throws: `.checksFailed` with the findings of all checks together.
    private func check(_ draft: VersionRecord, after head: WriteHead?) async throws(RegistryError) {
        var findings: [ChangeFinding] = []
        for check in checks { findings += try await check.findings(about: draft, after: head?.readable) }
        guard findings.isEmpty else { throw .checksFailed(draft.key, findings) }
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
