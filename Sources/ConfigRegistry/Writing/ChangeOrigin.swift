package import ConfigModel

/// Who changes a document, why, and under which identifier.
package struct ChangeOrigin: Sendable, Equatable {
    /// At most 256 bytes without control characters.
    package var author: String
    /// At most 4 KiB; line breaks and tabs are its only control characters. The line that a promotion puts in front is not counted.
    package var comment: String
    /// Unique per document; the same request under the same identifier is one change.
    package var changeID: String
    /// True when the caller chose the identifier, so that it may have been used before. A fresh UUID cannot have been, and
    /// saves the look-up.
    package var isChangeIDFromClient: Bool
    /// The `X-Correlation-ID` of the request.
    package var correlationID: String?
    /// The findings of checks that the author lets pass.
    package var overrides: CheckOverrides
    /// The identity behind the request, in whose name the access log keeps what it overrides; nil without authentication.
    package var actor: AccessActor?
    /// Whom the request calls the author where its identity is: it is not used, and has to be well-formed all the same.
    package var unusedAuthor: String?

    /// Puts the facts together; `check` refuses those that break a rule.
    package init(
        author: String, comment: String, changeID: String, isChangeIDFromClient: Bool, correlationID: String? = nil,
        overrides: CheckOverrides = .none, actor: AccessActor? = nil
    ) {
        self.author = author
        self.comment = comment
        self.changeID = changeID
        self.isChangeIDFromClient = isChangeIDFromClient
        self.correlationID = correlationID
        self.overrides = overrides
        self.actor = actor
    }
}
