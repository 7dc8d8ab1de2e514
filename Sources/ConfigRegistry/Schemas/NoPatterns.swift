package import SchemaValidation

/// For a program that links no regular expressions: it refuses schemas that have some.
package struct NoPatterns: SchemaPatterns {
    /// Makes nothing.
    package init() {}

    package func compile(_ pattern: String) throws(SchemaPatternError) -> SchemaPattern {
        throw SchemaPatternError(reason: "this program was made without regular expressions")
    }
}
