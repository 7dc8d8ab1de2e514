import ConfigModel
package import ConfigStore

extension Registry {
    /// Makes the versions that a change set describes: all of them, or none.
    ///
    /// With a schema among them it returns when every registry knows it, and names the heads that do not fit.
    ///
    /// - Throws: `.changeSetRefused` with every member that was refused, and why.
    package func publish(_ set: ChangeSetRequest) async throws(RegistryError) -> PublishedSet {
        var published = try await measuring(.changeSet, WriteResult.init) { () throws(RegistryError) in
            try await setWriter.write(set)
        }
        var stored: [(document: SchemaDocument, service: String)] = []
        for record in published.members.map(\.record) where record.key.isSchema && !record.isTombstone {
            stored.append((try SchemaDocument(stored: record.content), record.key.service))
        }
        guard !stored.isEmpty else { return published }
        published.breaks = try await secondLook(at: stored, set.origin).filter { !$0.isValid }
        return published
    }

    /// Why members of a change set would be refused at this moment; nothing is stored.
    package func refusals(of set: ChangeSetRequest) async throws(RegistryError) -> [MemberRefusal] {
        try await setWriter.refusals(of: set)
    }

    /// The versions that were published as this change set, in key order; none when there is no such set.
    package func versions(ofChangeSet id: String) async throws(RegistryError) -> VersionPage {
        let page = try await maker.read { store throws(StoreError) in try await store.versions(ofChangeSet: id) }
        return VersionPage(
            page.sorted { $0.record.key < $1.record.key }.map { .success($0) } + page.damaged.map { .failure($0) })
    }

    /// The versions of a change set that are not kept any more, known of those that are, in key order.
    ///
    /// - Parameter page: all versions of the set that are kept.
    package func prunedMembers(beside page: VersionPage) async throws(RegistryError) -> [VersionIdentity] {
        let kept = Set(page.map(\.record.key) + page.damaged.compactMap(\.key))
        let others = (page.first?.record.changeSet?.versions ?? []).filter { !kept.contains($0.key) }
        guard !others.isEmpty else { return [] }
        let marks = try await maker.read { _ throws(StoreError) in
            try await self.store.marks.pruneMarks(of: others.map(\.key))
        }
        return others.filter { $0.version <= marks[$0.key]?.through ?? 0 }.map {
            VersionIdentity(key: $0.key, version: $0.version)
        }
    }
}
