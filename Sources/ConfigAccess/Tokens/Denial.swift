package import ConfigModel

/// The refusal of an identity, or of one token of it, that the registry did not issue: a JWT or a client certificate.
package struct Denial: Sendable, Equatable {
    /// What is refused.
    package enum Subject: Sendable, Hashable {
        /// Every credential of the identity.
        case identity(String)
        /// The JWT with this `jti`.
        case jti(String)
    }

    /// Made by the registry.
    package let id: String
    /// What is refused.
    package let subject: Subject
    /// From then on it is let in again; nil for never.
    package let until: Timestamp?
    /// When it was made.
    package let createdAt: Timestamp
    /// The identity that made it.
    package let createdBy: String
    /// What a person wrote about it.
    package let comment: String

    /// Puts a denial together.
    package init(
        id: String, subject: Subject, until: Timestamp?, createdAt: Timestamp, createdBy: String, comment: String = ""
    ) {
        self.id = id
        self.subject = subject
        self.until = until
        self.createdAt = createdAt
        self.createdBy = createdBy
        self.comment = comment
    }

    /// True while it counts.
    package func counts(at now: Timestamp) -> Bool { until.map { now < $0 } ?? true }
}
