import ConfigModel
import ConfigStore

/// The head that a write builds on.
struct WriteBase {
    let head: WriteHead?
    /// True when it was proven after the request came in, so that a refusal may rest on it.
    let isProven: Bool

    /// What the request makes of this head; nil when that is nothing, which counts, as a refusal does, only if the head is
    /// proven.
    func draft(
        for request: ChangeRequest, epoch: Epoch, restored: VersionRecord?
    ) async throws(RegistryError) -> VersionDraft? {
        do {
            return try await request.draft(on: head, epoch: epoch, restored: restored)
        } catch {
            // What costs too much on this head is not tried once more on a newer one.
            if case .tooMuchWork = error { throw error }
            guard isProven else { return nil }
            throw error
        }
    }
}

extension VersionWriter {
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
