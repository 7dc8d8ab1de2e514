/// Why a watcher could not do what was requested.
public struct WatcherError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of failure.
    public let code: Code
    /// One sentence that a person can act on.
    public let message: String

    /// Puts an error together.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}

extension WatcherError {
    /// The kinds of failure, stable enough for decisions and metric labels.
    public enum Code: String, Sendable, CaseIterable {
        /// The watcher cannot be made as it was described.
        case invalidOptions
        /// `run()` was called before.
        case alreadyRunning
        /// The watcher does not run (yet, or any more).
        case notRunning
        /// The source did not respond, or its response was refused.
        case notProven
        /// There is nothing to run: the document does not exist or was deleted.
        case noConfiguration
        /// The version is not among those that are kept for a rollback.
        case unknownVersion
        /// The version was refused by decoding, validation or a handler.
        case rejected
        /// What was waited for did not come in time.
        case timedOut
        /// What was read is not of the wanted type.
        case typeMismatch
    }
}
