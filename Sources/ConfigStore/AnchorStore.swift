/// The port to the anchors of audit logs.
package protocol AnchorStore: Sendable {
    /// The newest anchor of an audit log; nil when there is none.
    func anchor(of log: String) async throws(StoreError) -> AuditAnchor?

    /// Keeps an anchor, unless one with as many entries or more is there, and says which is there now.
    func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor
}
