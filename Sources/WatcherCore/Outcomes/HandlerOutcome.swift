import ConfigModel

/// What one handler made of one reload.
public struct HandlerOutcome: Sendable, Equatable {
    /// The kinds of result.
    public enum Result: String, Sendable, CaseIterable {
        /// It returned.
        case success
        /// It threw.
        case failed
        /// It did not return within its time limit.
        case timeout
        /// It has not returned from an earlier reload and was not called.
        case stuck
    }

    /// The name that the handler was registered with.
    public let name: String
    /// The result.
    public let result: Result
    /// What it threw, or what became of undoing it; nil when there is nothing to say.
    public let reason: String?

    /// Puts an outcome together.
    public init(name: String, result: Result, reason: String? = nil) {
        self.name = name
        self.result = result
        self.reason = reason.map(ReasonText.shown)
    }
}

extension HandlerOutcome: CustomStringConvertible {
    /// `name: result`.
    public var description: String { "\(name): \(result.rawValue)" }
}
