/// The newest signed statement about an audit log, kept out of reach of those who can change the log.
package struct AuditAnchor: Sendable, Equatable {
    /// The name of the log.
    package let log: String
    /// How many entries the log had.
    package let count: Int64
    /// The statement as the audit signed it: one JSON object in UTF-8.
    package let checkpoint: [UInt8]

    /// Puts an anchor together.
    package init(log: String, count: Int64, checkpoint: [UInt8]) {
        self.log = log
        self.count = count
        self.checkpoint = checkpoint
    }
}
