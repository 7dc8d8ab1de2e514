import AsyncSupport
import ConfigModel
import ConfigStore

extension VersionMaker {
    /// The version of a document that a change identifier made; nil when it is new to the document.
    func change(_ changeID: String, of key: DocumentKey) async throws(RegistryError) -> VersionRecord? {
        try await read { store throws(StoreError) in try await store.change(changeID, of: key) }?.record
    }

    /// What the same request made before.
    ///
    /// - Parameter changeSet: the identifier of the set that the request is a member of; nil for one that is alone.
    /// - Throws: `.changeReused` when another request made it.
    func replay(
        of request: ChangeRequest, by record: VersionRecord, in changeSet: String? = nil
    ) async throws(RegistryError) -> Published {
        guard record.changeSet?.id == changeSet else { throw .changeReused(record) }
        guard try await hasMade(request, record) else { throw .changeReused(record) }
        // It may have been stored without being made known.
        try await putInForce(record, WriteLimits(arrival: .now, within: options.requestDeadline))
        counters.count { $0.writes.replays += 1 }
        return Published(record: record, isReplay: true)
    }

    /// Whether a request made a version, as far as that can be said.
    private func hasMade(_ request: ChangeRequest, _ record: VersionRecord) async throws(RegistryError) -> Bool {
        let base = record.version - 1
        guard request.buildsOnContent, base >= 1 else { return try await request.wouldHaveMade(record, after: nil) }
        do throws(RegistryError) {
            return try await request.wouldHaveMade(record, after: try await original(base, of: record.key))
        } catch .prunedVersion {
            // What the patch was made on is not kept any more.
            return request.fits(record)
        }
    }
}
