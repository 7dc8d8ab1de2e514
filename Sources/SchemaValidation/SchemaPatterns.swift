/// Regular expressions, which are not part of this module: `pattern` and `patternProperties` are written in ECMA-262.
public protocol SchemaPatterns: Sendable {
    /// Compiles a pattern.
    ///
    /// - Throws: `SchemaPatternError` when the pattern is none or is not supported.
    func compile(_ pattern: String) throws(SchemaPatternError) -> SchemaPattern
}

/// A compiled pattern.
public struct SchemaPattern: Sendable {
    /// How much memory it takes at most, in bytes.
    public let memory: Int
    /// True when the pattern is found anywhere in the text; takes time in proportion to the text.
    public let isFound: @Sendable (String) -> Bool

    /// Takes a compiled pattern.
    public init(memory: Int, isFound: @escaping @Sendable (String) -> Bool) {
        self.memory = memory
        self.isFound = isFound
    }
}

/// A pattern that cannot be used.
public struct SchemaPatternError: Error, Sendable, Equatable {
    /// What is wrong with it: a sentence without a capital letter at its start.
    public let reason: String

    /// Takes a sentence without a capital letter at its start.
    public init(reason: String) { self.reason = reason }
}
