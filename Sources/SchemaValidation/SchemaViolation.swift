/// One place where a document breaks its schema.
public struct SchemaViolation: Sendable, Hashable {
    /// The value that is concerned: a JSON pointer (RFC 6901), empty for the whole document.
    public let pointer: String
    /// What is wrong with it: one sentence.
    public let message: String
}

extension SchemaViolation: CustomStringConvertible {
    /// The message with the pointer.
    public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
