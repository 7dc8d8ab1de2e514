/// A schema that cannot be used.
public struct SchemaError: Error, Sendable, Equatable {
    /// The part of the schema that is wrong: a JSON pointer (RFC 6901), empty for the whole.
    public let pointer: String
    /// What is wrong: one sentence.
    public let reason: String
}

extension SchemaError: CustomStringConvertible {
    /// One sentence with the pointer.
    public var description: String {
        "The JSON Schema cannot be used\(pointer.isEmpty ? "" : " (at \(pointer))"): \(reason)"
    }
}
