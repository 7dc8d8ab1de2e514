import ConfigModel
package import ConfigStore

extension Registry {
    /// Makes the versions that a change set describes: all of them, or none.
    ///
    /// - Throws: `.changeSetRefused` with every member that was refused, and why.
    package func publish(_ set: ChangeSetRequest) async throws(RegistryError) -> PublishedSet {
        try await setWriter.write(set)
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
}
