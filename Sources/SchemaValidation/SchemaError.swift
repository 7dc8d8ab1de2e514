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

/// A document that would take more work to check than any useful document does. Nothing is known about it.
public struct SchemaWorkExceeded: Error, Sendable, Equatable, CustomStringConvertible {
    /// One sentence.
    public let description = "Checking the document against its JSON Schema takes more work than is allowed."
}
