package import ConfigModel
package import RegistryClient

/// What the audit reads from a registry.
package protocol AuditSource: Sendable {
    /// Versions below `before`, newest first, at most `limit`.
    func history(
        of key: DocumentKey, before: Int64?, limit: Int
    ) async throws(RegistryClientError) -> [VersionRecord]

    /// A page of the newest versions of all documents.
    func headSummaries(_ query: HeadsQuery) async throws(RegistryClientError) -> Page<HeadSummary>
}

extension RegistryClient: AuditSource {}
