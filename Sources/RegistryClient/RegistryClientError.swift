public import RegistryAPI

/// Why a call to the registry did not succeed.
public struct RegistryClientError: Error, Sendable {
    /// The kinds of failure, stable enough for decisions and metric labels.
    public enum Code: String, Sendable, CaseIterable {
        /// The call cannot be made as it was requested; nothing was sent.
        case invalidRequest
        /// No connection to the registry; nothing was sent.
        case unreachable
        /// The registry did not prove that it is the one that was named, or does not accept the client's certificate; nothing
        /// was sent.
        case tlsFailed
        /// The connection was lost or no response came in time: a write may or may not have happened. The same call with
        /// the same change identifier (`changeID`) resolves it.
        case interrupted
        /// The registry wants a valid token (401).
        case unauthorized
        /// The token does not allow this (403).
        case forbidden
        /// No such document or version (404).
        case notFound
        /// The document is not in the state that the call needs (409).
        case conflict
        /// The document is not at the expected version (412).
        case preconditionFailed
        /// The registry refuses the request as it is (any other 4xx).
        case refused
        /// The registry has not reached the wanted version yet, or its store has another epoch (503, type `behind` or
        /// `foreign-epoch`).
        case behind
        /// The version is stored but damaged, so that the registry does not serve it (500, type `damaged-version`). Nothing
        /// else is affected.
        case damaged
        /// The registry cannot do it now (429, 503, 507); ask again after `retryAfter`.
        case unavailable
        /// The registry failed (any other 5xx).
        case failed
        /// What came is not what a registry answers, or its hashes do not hold.
        case invalidAnswer
        /// The response is larger than this call accepts; ask for less.
        case answerTooLarge
        /// The caller's task was cancelled: a write may or may not have happened, and `changeID` resolves it.
        case cancelled
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence that a person can act on; the registry's own when it gave one.
    public let message: String
    /// What the registry answered; nil when it did not.
    public let problem: Problem?
    /// The identifier of the change that was requested, which makes a repetition of a write safe; nil for reads.
    public let changeID: String?
    /// The name in the registry's address has no address of its own.
    package let isNameUnknown: Bool

    /// Puts an error together.
    public init(_ code: Code, _ message: String, problem: Problem? = nil, changeID: String? = nil) {
        self.init(code, message, problem: problem, changeID: changeID, isNameUnknown: false)
    }

    /// Puts an error together that may be about a name.
    package init(
        _ code: Code, _ message: String, problem: Problem? = nil, changeID: String? = nil, isNameUnknown: Bool
    ) {
        self.code = code
        self.message = message
        self.problem = problem
        self.changeID = changeID
        self.isNameUnknown = isNameUnknown
    }
}

extension RegistryClientError {
    /// The HTTP status; nil when there was no response.
    public var status: Int? { problem?.status }

    /// How long the registry asked to wait before the next attempt.
    public var retryAfter: Duration? { problem?.retryAfter }

    /// A token would be sent where others can read it.
    static func tokenInPlaintext(to url: RegistryURL) -> RegistryClientError {
        RegistryClientError(
            .invalidRequest,
            "A token is not sent to \(url.text), because it could be read on the way: use https://, or allow plaintext when the "
                + "way is trusted.")
    }

    /// The same error of a call that was made under a change identifier.
    func changing(_ changeID: String) -> RegistryClientError {
        RegistryClientError(code, message, problem: problem, changeID: problem?.changeID ?? changeID)
    }
}

extension RegistryClientError: CustomStringConvertible {
    /// The message.
    public var description: String { message }
}
