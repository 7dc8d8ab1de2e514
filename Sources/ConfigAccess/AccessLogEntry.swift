package import ConfigModel

/// A line of the access log: refusals of the same kind within a minute, or one act of administration. It holds no secret and no
/// value of a document.
package struct AccessLogEntry: Sendable, Equatable {
    /// When it happened first.
    package var at: Timestamp
    /// The registry that refused or did it.
    package var registry: String
    /// How the identity was proven.
    package var kind: Principal.Kind
    /// Nil when there was none.
    package var identity: String?
    /// The token's identifier.
    package var tokenID: String?
    /// Where the request came from.
    package var address: String?
    /// What was to be done.
    package var action: String
    /// The document, or what else it concerned.
    package var subject: String?
    /// The HTTP status of the response; 0 for what came over no connection.
    package var status: Int
    /// The problem type of a refusal, or the act.
    package var type: String
    /// How many of the same kind.
    package var count: Int64

    /// Puts an entry together.
    package init(
        at: Timestamp, registry: String, kind: Principal.Kind, identity: String? = nil, tokenID: String? = nil,
        address: String? = nil, action: String, subject: String? = nil, status: Int, type: String, count: Int64 = 1
    ) {
        self.at = at
        self.registry = registry
        self.kind = kind
        self.identity = identity
        self.tokenID = tokenID
        self.address = address
        self.action = action
        self.subject = subject
        self.status = status
        self.type = type
        self.count = count
    }
}
