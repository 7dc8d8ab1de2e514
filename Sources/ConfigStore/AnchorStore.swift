/// The port to the anchors of audit logs.
package protocol AnchorStore: Sendable {
    /// The newest anchor of an audit log; nil when there is none.
    func anchor(of log: String) async throws(StoreError) -> AuditAnchor?

    /// Keeps an anchor, unless one with as many entries or more is there or the log belongs to another identity, and says which
    /// is there now.
    ///
    /// The first identity that raises a log's anchor owns the log.
    func raiseAnchor(_ anchor: AuditAnchor) async throws(StoreError) -> AuditAnchor

    /// Gives a log that has an anchor to an identity, whichever owned it; false when there is no anchor. Doing it again is harmless.
    func giveAnchor(of log: String, to owner: String) async throws(StoreError) -> Bool
}
