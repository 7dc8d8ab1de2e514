package import ConfigModel
package import RegistryAPI
package import RegistryClient

/// What the audit needs of a registry.
package protocol AuditSource: Sendable {
    /// Versions below `before`, newest first, at most `limit`.
    func history(
        of key: DocumentKey, before: Int64?, limit: Int
    ) async throws(RegistryClientError) -> [VersionRecord]

    /// One version; refused with `.damaged` when it cannot be read, with `.notFound` when there is none.
    func version(_ version: Int64, of key: DocumentKey) async throws(RegistryClientError) -> VersionRecord

    /// A page of the newest versions of all documents.
    func headSummaries(_ query: ListRequest) async throws(RegistryClientError) -> Page<HeadSummary>

    /// Gives a checkpoint of the log away to be kept; a conflict means that the log is not the one that it was.
    func raiseAnchor(of log: String, to checkpoint: [UInt8]) async throws(RegistryClientError)
}

extension RegistryClient: AuditSource {}
