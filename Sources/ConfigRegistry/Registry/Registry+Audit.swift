import AsyncSupport
package import ConfigModel
package import ConfigStore

extension Registry {
    /// What was changed, over all documents that the caller may read, newest first by the store's time and without contents.
    ///
    /// - Parameter mayRead: says which documents the caller may see; nil for all of them.
    package func changes(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?
    ) async throws(RegistryError) -> AuditPage {
        numbers.count { $0.reads.storeReads += 1 }
        do {
            let page = try await wholeStore.changes(query, mayRead: mayRead)
            damage.record(page.damaged)
            return page
        } catch {
            throw RegistryError(reading: error)
        }
    }

    /// Exactly these versions, in any order; those that do not exist are absent.
    package func versions(_ versions: [VersionIdentity]) async throws(RegistryError) -> VersionPage {
        numbers.count { $0.reads.storeReads += 1 }
        do {
            return try await store.versions(versions)
        } catch {
            throw RegistryError(reading: error)
        }
    }
}
