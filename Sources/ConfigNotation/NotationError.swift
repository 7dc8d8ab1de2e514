/// A text that does not follow its notation, or says something that JSON cannot say.
package struct NotationError: Error, Sendable, Equatable {
    /// From 1.
    package let line: Int
    /// From 1, in Unicode scalars.
    package let column: Int
    /// What is wrong and what to do, without a full stop.
    package let reason: String
}

extension NotationError: CustomStringConvertible {
    /// One sentence with line and column.
    package var description: String { "Line \(line), column \(column): \(reason)." }
}
