/// The newest signed statement about an audit log, kept out of reach of those who can change the log.
package struct AuditAnchor: Sendable, Equatable {
    /// The name of the log.
    package let log: String
    /// How many entries the log had.
    package let count: Int64
    /// The statement as the audit signed it: one JSON object in UTF-8.
    package let checkpoint: [UInt8]
    /// The identity that the log's name belongs to; nil while no identity anchored it.
    package let owner: String?

    /// Puts an anchor together.
    package init(log: String, count: Int64, checkpoint: [UInt8], owner: String? = nil) {
        self.log = log
        self.count = count
        self.checkpoint = checkpoint
        self.owner = owner
    }
}

extension AuditAnchor {
    /// True when the anchor that is kept keeps this one out: it belongs to another identity. An anchor without an owner comes
    /// from a registry that knows no identities.
    package func isForeign(to stored: AuditAnchor) -> Bool {
        guard let owner, let storedOwner = stored.owner else { return false }
        return owner != storedOwner
    }
}
