package import ConfigModel

/// A value that a notation cannot say, so that nothing is written. It names the place and never the value.
package struct UnwritableValue: Error, Sendable, Equatable {
    /// Where the value is.
    package let pointer: JSONPointer
    /// What is wrong and what to do, without a full stop; the place is its subject.
    package let reason: String

    init(_ pointer: JSONPointer, _ reason: String) {
        self.pointer = pointer
        self.reason = reason
    }
}

extension UnwritableValue: CustomStringConvertible {
    /// One sentence with the place.
    package var description: String { "\(pointer.tokens.isEmpty ? "The document" : "\(pointer)") \(reason)." }
}
