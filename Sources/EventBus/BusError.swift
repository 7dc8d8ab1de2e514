/// Why the bus could not do something.
public struct BusError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure, stable enough for metric labels.
    public enum Code: String, Sendable {
        /// No connection, or it was lost.
        case unavailable
        /// The broker asked publishers to wait (a memory or disk alarm).
        case blocked
        /// The broker refused responsibility for the message.
        case refused
        /// No confirmation came in time.
        case timeout
        /// The broker refused the login or the operation.
        case forbidden
        /// The broker allows the login to read the exchange, but not a pattern of the subscription.
        case bindingRefused = "binding_refused"
        /// The bus was shut down, does not run, or the caller was cancelled.
        case closed
        /// The exchange does not exist, and is not to be made.
        case missing
        /// The arguments cannot be used; trying again is of no use.
        case invalid
    }

    /// The kind of failure.
    public let code: Code
    /// One sentence without credentials.
    public let message: String

    /// Puts an error together.
    public init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
