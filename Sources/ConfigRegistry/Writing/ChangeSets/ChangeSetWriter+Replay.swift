import ConfigModel
import ConfigStore

extension ChangeSetWriter {
    /// What the same request made before; nil when its change identifier is new to these documents.
    ///
    /// - Throws: `.changeReused` when it made something else.
    func replay(
        of set: ChangeSetRequest, seenAt keys: ArraySlice<DocumentKey>
    ) async throws(RegistryError) -> PublishedSet? {
        for key in keys {
            if let record = try await maker.change(set.origin.changeID, of: key) {
                return try await replay(of: set, by: [record])
            }
        }
        return nil
    }

    /// What the same request made before, of which these versions are known.
    func replay(of set: ChangeSetRequest, by known: [VersionRecord]) async throws(RegistryError) -> PublishedSet {
        guard let first = known.first else {
            throw .unavailable("The store knows the change, but names no version of it.")
        }
        guard let changeSet = first.changeSet, changeSet.members.count == set.changes.count else {
            throw .changeReused(first)
        }
        let records = try await members(of: changeSet)
        var published: [Published] = []
        for change in set.changes {
            guard let record = records[change.key] else {
                throw try await refusal(of: set, for: change.key, notIn: changeSet) ?? .changeReused(first)
            }
            published.append(try await maker.replay(of: change, by: record, in: changeSet.id))
        }
        return PublishedSet(changeSet, members: published)
    }

    /// Why a set is not answered again of which one version is not kept any more; nil when it has no version of the document.
    private func refusal(
        of set: ChangeSetRequest, for key: DocumentKey, notIn changeSet: ChangeSet
    ) async throws(RegistryError) -> RegistryError? {
        guard let version = changeSet.versions.first(where: { $0.key == key })?.version,
            case .prunedVersion(_, _, let oldest) = try await maker.absence(of: version, key, head: nil)
        else { return nil }
        return .changePruned(
            changeID: set.origin.changeID, VersionIdentity(key: key, version: version), oldest: oldest)
    }

    private func members(of changeSet: ChangeSet) async throws(RegistryError) -> [DocumentKey: VersionRecord] {
        let page = try await maker.read { store throws(StoreError) in
            try await store.versions(ofChangeSet: changeSet.id)
        }
        if let damaged = page.damaged.first { throw .damaged(damaged) }
        return Dictionary(page.map { ($0.record.key, $0.record) }) { first, _ in first }
    }
}
