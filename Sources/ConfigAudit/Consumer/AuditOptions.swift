/// How an audit works.
package struct AuditOptions: Sendable {
    /// Distinguishes several audits of one exchange, each of which has its own queue.
    package var name: String?
    /// The exchange that is listened to. It is part of the queue's name: two installations on one broker have an exchange
    /// each, and must not take each other's announcements.
    package var exchange = Self.defaultExchange
    /// How often all documents are looked at, whatever was announced.
    package var reconcilePeriod: Duration = .seconds(300)
    /// How often a checkpoint is made, when something is new.
    package var checkpointPeriod: Duration = .seconds(10)
    /// How many announcements may wait for their lines.
    package var prefetch = 256
    /// How many versions are read at a time.
    package var pageSize = 100

    /// The defaults.
    package init() {}

    /// The name under which registries keep the newest checkpoint.
    package var anchor: String { name ?? AuditLog.defaultName }

    private static let defaultExchange = "config.changes"

    /// The queue that this audit consumes.
    package var queue: String {
        let parts = ["configbus.audit", exchange == Self.defaultExchange ? nil : exchange, name]
        return parts.compactMap { $0 }.joined(separator: ".")
    }
}
