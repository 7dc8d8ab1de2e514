/// How much one call may ask for, and how much comes back at most.
package enum APILimits {
    /// How many findings of checks a response holds.
    package static let findings = 100
    /// How many documents one batch may name.
    package static let batch = 256
    /// How many documents one page may have.
    package static let list = 1_000
    /// How many documents a page has when no limit is given.
    package static let defaultList = 100
    /// How many versions a history may have.
    package static let history = 1_000
    /// How many versions a history has when no limit is given.
    package static let defaultHistory = 10
    /// How many entries of the access log one page may have.
    package static let accessLog = 1_000
    /// How many entries of the access log a page has when no limit is given.
    package static let defaultAccessLog = 100
    /// How many changes one page of the audit may have.
    package static let audit = 200
    /// How many changes a page of the audit has when no limit is given.
    package static let defaultAudit = 50
    /// The largest body of a call about identities.
    package static let accessBody = 65_536
    /// How long a response may be held back.
    package static let wait: Duration = .seconds(60)
    /// How large the contents in one response may be together; a single one always fits.
    package static let responseContents = 8 * 1_024 * 1_024
    /// The largest body with one document that a client takes: the largest content twice over, because of escapes, and what is
    /// around it.
    package static let documentResponse = 24 << 20
    /// The largest body with many documents that a client takes.
    package static let listResponse = 64 << 20
    /// The largest checkpoint of an audit log.
    package static let checkpoint = 4_096
    /// The largest content that a client takes, and its depth.
    package static let contentBytes = 8 << 20
    /// How deep a content is nested that a client takes.
    package static let contentDepth = 64
}
