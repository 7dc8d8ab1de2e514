package import ConfigModel

/// The port to what was changed, over all documents in the order in which the store got the versions.
package protocol AuditQueries: Sendable {
    /// Versions that fit a query, newest first by the store's clock and without their contents. Documents of reserved
    /// environments are among them.
    ///
    /// - Parameter mayRead: says which documents count; versions of others are passed over as if they did not fit. Nil for all
    ///   documents, and for versions too of which it is not known which document they belong to.
    func changes(
        _ query: AuditQuery, mayRead: (@Sendable (DocumentKey) -> Bool)?
    ) async throws(StoreError) -> AuditPage
}
