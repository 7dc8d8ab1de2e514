package import ConfigModel
package import ConfigStore

extension SQLiteStore {
    package func changes(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?
    ) async throws(StoreError) -> AuditPage {
        try await read { try $0.changes(query, mayRead: mayRead) }
    }
}
