import ConfigAccess
package import ConfigModel
package import ConfigStore

/// Takes the oldest versions of a document out of a store at once, however young they are: of a secret that was published by
/// mistake, for example. What audit logs and backups hold stays there.
package struct VersionRemoval: Sendable {
    private let store: any VersionReading & PruningStore & AccessStore
    private let registry: String
    private let now: @Sendable () -> Timestamp

    /// - Parameter registry: the name of this program in the access log.
    package init(
        store: any VersionReading & PruningStore & AccessStore, registry: String,
        now: @escaping @Sendable () -> Timestamp = { Timestamp.now }
    ) {
        self.store = store
        self.registry = registry
        self.now = now
    }

    /// Removes all versions up to one, after the access log has it.
    ///
    /// - Returns: the document's mark; nil when these versions were gone already.
    /// - Throws: `RegistryError`, also for the head, which always stays.
    package func remove(_ key: DocumentKey, through version: Int64) async throws -> PruneMark? {
        guard let head = try await store.head(of: key)?.record.version else { throw RegistryError.unknownDocument(key) }
        guard version < head else {
            throw RegistryError.invalid(
                "Version \(head) is the newest of \(key) and stays: publish one without what has to go, then remove what is "
                    + "before it.")
        }
        if let mark = try await store.pruneMarks(of: [key])[key], mark.through >= version {
            // An earlier call may have been cut off.
            try await removeNow(mark)
            return nil
        }
        let mark: PruneMark?
        do throws(StoreError) {
            mark = try await store.prunable(of: key, upTo: version, storedFor: .zero)
        } catch {
            throw RegistryError(reading: error)
        }
        guard let mark, mark.through == version else {
            throw RegistryError.invalid(
                "Up to version \(version) of \(key) there is one that is not announced yet: try again in a moment, with a "
                    + "registry running that reaches its bus.")
        }
        let act = AccessAct(
            kind: .versionsRemoved, action: .deleteDocument, subject: "\(key) 1-\(version)", status: 0)
        try await store.appendAccessLog([AccessLogEntry(act, by: .store, at: now(), registry: registry)])
        try await removeNow(mark)
        return mark
    }

    private func removeNow(_ mark: PruneMark) async throws {
        try await store.raise(mark)
        try await Task.sleep(for: store.removalGrace)
        try await Pruner(store: store, registry: registry, isPaced: false).letGo(mark)
        do throws(StoreError) {
            try await store.eraseRemoved()
        } catch {
            throw RegistryError.unavailable(
                "Versions 1 to \(mark.through) of \(mark.key) are removed, but pieces of them may still be in the store's file, "
                    + "which could not be written anew: \(error) It takes room for a second file; run the command again."
            )
        }
    }
}
