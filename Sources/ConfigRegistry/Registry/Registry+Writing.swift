import ConfigModel

extension Registry {
    /// Publishes content as the document's next version.
    package func publish(_ change: ProposedChange) async throws(RegistryError) -> Published {
        try await write(change.key, .publish(change.content, change.mode), change.expected, change.origin)
    }

    /// Publishes what `revise` makes of the living head as the document's next version.
    package func revise(_ revision: ProposedRevision) async throws(RegistryError) -> Published {
        try await write(revision.key, .revise(revision.revise), revision.expected, revision.origin)
    }

    /// Publishes the content of an earlier version as the next one; brings a deleted document back to life.
    package func rollback(_ rollback: ProposedRollback) async throws(RegistryError) -> Published {
        try await write(rollback.key, .restore(version: rollback.toVersion), rollback.expected, rollback.origin)
    }

    /// Appends a tombstone; nil when there was nothing to delete.
    package func delete(_ deletion: ProposedDeletion) async throws(RegistryError) -> Published? {
        try await writer.write(
            ChangeRequest(
                key: deletion.key, operation: .delete, expected: deletion.expected, origin: deletion.origin))
    }

    private func write(
        _ key: DocumentKey, _ operation: ChangeRequest.Operation, _ expected: Expectation?, _ origin: ChangeOrigin
    ) async throws(RegistryError) -> Published {
        let request = ChangeRequest(key: key, operation: operation, expected: expected, origin: origin)
        // Only a deletion can find nothing to do.
        guard let published = try await writer.write(request) else { throw .unknownDocument(key) }
        return published
    }
}
