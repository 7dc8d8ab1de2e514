package import ConfigModel

/// One write as its client saw it.
package struct WriteOperation: Sendable {
    /// What became of it.
    package enum Outcome: Sendable, Equatable {
        /// The registry answered with this version.
        case acknowledged(version: Int64)
        /// The registry answered that the document is not at the demanded version, and at which one it is.
        case outdated(current: Int64)
        /// The registry answered that it will not do it.
        case refused(String)
        /// No response: it may have happened or not.
        case unknown(String)
    }

    package let key: DocumentKey
    package let changeID: String
    package let contentHash: String
    /// The version that the write demanded; nil for any.
    package let expected: Int64?
    package let began: ContinuousClock.Instant
    package let ended: ContinuousClock.Instant
    package let outcome: Outcome

    package init(
        key: DocumentKey, changeID: String, contentHash: String, expected: Int64?, began: ContinuousClock.Instant,
        ended: ContinuousClock.Instant, outcome: Outcome
    ) {
        self.key = key
        self.changeID = changeID
        self.contentHash = contentHash
        self.expected = expected
        self.began = began
        self.ended = ended
        self.outcome = outcome
    }

    /// The version that was acknowledged.
    package var version: Int64? {
        if case .acknowledged(let version) = outcome { version } else { nil }
    }
}
