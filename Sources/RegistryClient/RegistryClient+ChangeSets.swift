import ConfigModel
public import RegistryAPI

extension RegistryClient {
    /// Publishes changes of several documents as one: all of them are stored, or none.
    ///
    /// It is made under one change identifier and repeated as it is while its outcome is unknown, so that one call makes at most
    /// one set.
    ///
    /// - Throws: `RegistryClientError`, whose problem names in `memberProblems` everything that is wrong with any document.
    public func publish(changeSet: ChangeSetPublication) async throws(RegistryClientError) -> PublishedChangeSet {
        let response = try await write(
            changeSet.request, changeID: changeSet.changeID ?? UUIDText.random(), accepting: [201])
        return try decoded { () throws(InvalidResponse) in
            try PublishedChangeSet(response.body, to: changeSet)
        }
    }

    /// The versions of a change set whose documents the caller may read.
    ///
    /// - Parameter id: `SIZE-HEX`, as each of the versions names it.
    /// - Throws: `RegistryClientError`, with code `.notFound` when there is no such set for the caller.
    public func changeSet(_ id: String) async throws(RegistryClientError) -> ChangeSetVersions {
        let response = try await read(
            RegistryRequest(path: APIPath.changeSet(id), maximumResponse: APILimits.listResponse))
        let versions = try decoded { () throws(InvalidResponse) in try ChangeSetVersions(response.body) }
        guard versions.id == id else { throw refusal("another change set than was requested") }
        return versions
    }
}
