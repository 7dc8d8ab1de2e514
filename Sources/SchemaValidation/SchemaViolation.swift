/// One place where a document breaks its schema. It never holds a value of the document.
public struct SchemaViolation: Sendable, Hashable {
    /// The value that is concerned: a JSON pointer (RFC 6901), empty for the whole document.
    public let pointer: String
    /// The keyword that the value breaks. Where a schema allows nothing (`false`), the keyword that applied it.
    public let keyword: String
    /// Where in the schema the keyword stands: a JSON pointer, behind a URI when it is in a draft's own schema.
    public let schemaPointer: String
    /// What is wrong with it: one sentence.
    public let message: String
}

extension SchemaViolation: CustomStringConvertible {
    /// The message with the pointer.
    public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}

/// Something in a schema that probably does not do what its author meant.
public struct SchemaWarning: Sendable, Hashable {
    /// The part of the schema: a JSON pointer (RFC 6901).
    public let pointer: String
    /// What is meant: one sentence.
    public let message: String
}
