import ConfigModel
import ConfigStore

extension VersionMaker {
    /// The version whose content a request takes; nil when it takes none, or a rollback names one that does not exist.
    ///
    /// - Throws: why a promotion finds nothing to take, known of the store.
    func original(for request: ChangeRequest) async throws(RegistryError) -> VersionRecord? {
        switch request.operation {
        case .rollback(let version): try await original(version, of: request.key)
        case .promote(let promotion): try await original(for: promotion)
        case .publish, .revise, .delete: nil
        }
    }

    private func original(for promotion: Promotion) async throws(RegistryError) -> VersionRecord {
        guard let number = promotion.version else {
            guard let head = try await head(of: promotion.source) else { throw .unknownDocument(promotion.source) }
            guard !head.isTombstone else { throw .deletedDocument(head) }
            return head
        }
        guard let record = try await version(number, of: promotion.source) else {
            guard let head = try await head(of: promotion.source) else { throw .unknownDocument(promotion.source) }
            throw try await absence(of: number, promotion.source, head: head.version)
        }
        guard !record.isTombstone else { throw .deletedDocument(record) }
        return record
    }

    /// Nil when there never was one with this number, which the head decides.
    func original(_ version: Int64, of key: DocumentKey) async throws(RegistryError) -> VersionRecord? {
        if let record = try await self.version(version, of: key) { return record }
        let absence = try await absence(of: version, key, head: nil)
        if case .prunedVersion = absence { throw absence }
        return nil
    }

    /// Why a document has no such version.
    func absence(
        of version: Int64, _ key: DocumentKey, head: Int64?
    ) async throws(RegistryError) -> RegistryError {
        try await read { _ throws(StoreError) in try await store.absence(of: version, key, head: head) }
    }

    /// One version; nil when there is none with this number.
    func version(_ version: Int64, of key: DocumentKey) async throws(RegistryError) -> VersionRecord? {
        guard version >= 1 else { return nil }
        return try await read { store throws(StoreError) in try await store.version(version, of: key) }?.record
    }

    private func head(of key: DocumentKey) async throws(RegistryError) -> VersionRecord? {
        do {
            return try await reader.fresh(key)?.record
        } catch {
            throw RegistryError(reading: error)
        }
    }
}
