package import ConfigModel
package import ConfigStore

extension MongoStore {
    package func changes(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?
    ) async throws(StoreError) -> AuditPage {
        try await workers.run { client throws(MongoFailure) in try client.changes(query, mayRead: mayRead) }
    }
}
