package import ConfigModel
package import RegistryClient

/// What a watcher asks of the registry.
package protocol RegistryReading: Sendable {
    /// The newest version of a document, or that it is still the one that the caller has.
    ///
    /// - Parameter isFresh: as the registry's store has it after the question came in.
    func head(
        of key: DocumentKey, ifNoneMatch: String?, minimumVersion: Int64?, epoch: Epoch?, isFresh: Bool
    ) async throws(RegistryClientError) -> HeadAnswer

    /// Follows documents on the registry's stream until the connection is lost, the task is cancelled or `handle` throws.
    func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws
}

extension RegistryClient: RegistryReading {
    package func head(
        of key: DocumentKey, ifNoneMatch: String?, minimumVersion: Int64?, epoch: Epoch?, isFresh: Bool
    ) async throws(RegistryClientError) -> HeadAnswer {
        try await head(
            of: key, ifNoneMatch: ifNoneMatch, minimumVersion: minimumVersion, epoch: epoch, isFresh: isFresh,
            wait: nil)
    }

    package func watch(
        _ selection: WatchSelection, known: [DocumentKey: Int64], _ handle: (WatchMessage) throws -> Void
    ) async throws {
        try await withWatch(selection, known: known) { messages in
            for try await message in messages { try handle(message) }
        }
    }
}
