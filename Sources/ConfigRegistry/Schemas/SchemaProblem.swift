import SchemaValidation

/// One reason why a schema cannot be used.
package struct SchemaProblem: Sendable, Equatable {
    /// The part of the schema that is wrong: a JSON pointer (RFC 6901), empty for the whole.
    package let pointer: String
    /// One sentence that says what is wrong.
    package let message: String

    /// Puts both together.
    package init(pointer: String, message: String) {
        self.pointer = pointer
        self.message = message
    }

    /// The message with its place.
    var sentence: String { pointer.isEmpty ? message : "\(pointer): \(message)" }

    static func all(of error: SchemaError) -> [SchemaProblem] {
        [SchemaProblem(pointer: error.pointer, message: error.reason)]
    }
}
